import { geoStatements, globalStatements } from './invoke-statements';
import { Statement } from './statement';
import { InferenceRoute } from '../routing/route';

/** The documented identity statements for a route, for a caller of this account. */
export function routeStatements(route: InferenceRoute, account: string): Statement[] {
  const profileArn = route.inferenceProfileArn(account);
  const foundationModelArns = route.foundationModelArns;
  if (route.geography) return geoStatements({ profileArn, foundationModelArns });
  const [regionalModelArn, globalModelArn] = foundationModelArns;
  return globalStatements({ profileArn, sourceRegion: route.sourceRegion, regionalModelArn, globalModelArn });
}
