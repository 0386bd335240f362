import { INVOKE_ACTIONS } from './actions';
import { partitionOf } from '../routing/arn';
import { InferenceRoute } from '../routing/route';

/** A statement of a service control policy that denies. */
export interface ScpStatement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition: Record<string, Record<string, string | string[]>>;
}

/** What `aws:RequestedRegion` holds while IAM checks a global call in no particular Region. */
const NO_REGION = 'unspecified';

/**
 * Denies calls of the model that could run elsewhere than the route does. Other models are left alone.
 *
 * A service control policy that blocks one destination fails the whole call, so every Region of the route is let through; a
 * policy of the organization that denies Regions needs the same list.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
export function scpStatements(route: InferenceRoute, modelId: string): ScpStatement[] {
  const arn = `arn:${partitionOf(route.sourceRegion)}:bedrock`;
  const regions = route.destinationRegions ?? [route.sourceRegion, NO_REGION];
  const elsewhere: ScpStatement = {
    Sid: 'DenyModelInOtherRegions',
    Effect: 'Deny',
    Action: [...INVOKE_ACTIONS],
    // Wide on purpose: it denies, and a profile or Region that AWS adds must be denied too.
    Resource: [`${arn}:*::foundation-model/${modelId}`, `${arn}:*:*:inference-profile/*.${modelId}`],
    Condition: { StringNotEquals: { 'aws:RequestedRegion': [...new Set([route.sourceRegion, ...regions])] } },
  };
  if (!route.geography) return [elsewhere];
  return [elsewhere, {
    Sid: 'DenyGlobalInference',
    Effect: 'Deny',
    Action: ['bedrock:*'],
    Resource: ['*'],
    Condition: {
      StringEquals: { 'aws:RequestedRegion': NO_REGION },
      ArnLike: { 'bedrock:InferenceProfileArn': `${arn}:*:*:inference-profile/global.*` },
    },
  }];
}
