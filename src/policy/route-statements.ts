import { geoStatements, globalStatements } from './invoke-statements';
import { Statement } from './statement';
import { InferenceOption } from '../catalog/inference-option';
import { InferenceRoute } from '../routing/route';

/** What the statements need of a route. All values may be tokens. */
type StatedRoute = Pick<InferenceRoute, 'option' | 'sourceRegion' | 'foundationModelArns' | 'inferenceProfileArn'>;

/** The documented identity statements for a route, for a caller of this account, by way of an application profile if one is given. */
export function routeStatements(route: StatedRoute, account: string, applicationProfileArn?: string): Statement[] {
  const arn = route.inferenceProfileArn(account);
  const profiles = applicationProfileArn ? { profileArn: applicationProfileArn, copiedProfileArn: arn } : { profileArn: arn };
  const { sourceRegion, foundationModelArns } = route;
  if (route.option === InferenceOption.GEO) return geoStatements({ ...profiles, foundationModelArns });
  const [regionalModelArn, globalModelArn] = foundationModelArns;
  return globalStatements({ ...profiles, sourceRegion, regionalModelArn, globalModelArn });
}
