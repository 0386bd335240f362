import { BATCH_ACTION, INVOKE_ACTIONS, MANTLE_INVOKE_ACTION, Statement } from './statement';
import { ModelCard } from '../catalog/model-card';
import { inferenceProfileArn } from '../routing/arn';
import { InRegionEndpoint } from '../routing/finding';
import { partitionOf } from '../routing/partition';
import { Route } from '../routing/route';

/** What a service control policy lets through: everything else of the model is denied. All values may be tokens. */
interface Allowed {
  readonly card: ModelCard;
  readonly partition: string;
  /** What `aws:RequestedRegion` may hold. */
  readonly requestedRegions: string[];
  /** Whether bedrock-runtime may be called; if not, only bedrock-mantle may be. */
  readonly onRuntime: boolean;
  /** The inference profiles that may not be called. */
  readonly otherProfileArns: string[];
}

/**
 * Denies calls and batch jobs of the model that could run elsewhere than the route does, or that go through another system-defined
 * profile or bedrock-mantle. Calls through the route's profile from other source Regions pass if they run in the route's Regions only.
 * Other models are left alone.
 *
 * A service control policy that blocks one destination fails the whole call, so every Region of the route is let through; a
 * policy of the organization that denies Regions needs the same list. Nothing here asks which application inference profile is
 * called: its ARN does not name the model. Its calls, and those of a batch job's role, are checked against the model in every
 * Region that they may run in, and denied there. To start a batch job is checked against the model in the source Region, which the
 * route lets through: what its role may call decides.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
export function scpStatements(route: Route): Statement[] {
  const { _card: card, _partition: partition, _requestedRegions: requestedRegions, _otherProfileArns: otherProfileArns } = route;
  return denials({ card, partition, requestedRegions, onRuntime: true, otherProfileArns });
}

/** Denies every call of the model but those of In-Region inference at this endpoint of this Region. */
export function inRegionScpStatements(card: ModelCard, region: string, endpoint: InRegionEndpoint): Statement[] {
  const [partition, onRuntime] = [partitionOf(region), endpoint === 'bedrock-runtime'];
  const otherProfileArns = onRuntime ? [inferenceProfileArn('*', '*', `*.${card.modelId}`, partition)] : [];
  return denials({ card, partition, requestedRegions: [region], onRuntime, otherProfileArns });
}

function denials({ card, partition, requestedRegions, onRuntime, otherProfileArns }: Allowed): Statement[] {
  const { modelId, mantleModelId } = card;
  const arn = `arn:${partition}:bedrock`;
  const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': requestedRegions } };
  return [
    deny(onRuntime ? 'DenyModelInOtherRegions' : 'DenyModelOnRuntime', [...INVOKE_ACTIONS, BATCH_ACTION],
      // Wide on purpose: it denies, and a profile or Region that AWS adds must be denied too.
      [`${arn}:*::foundation-model/${modelId}`, `${arn}:*:*:inference-profile/*.${modelId}`],
      onRuntime ? elsewhere : undefined),
    // The statement above lets another profile pass in the Regions of the route.
    ...(otherProfileArns.length > 0 ? [deny('DenyOtherInferenceProfiles', [...INVOKE_ACTIONS, BATCH_ACTION], otherProfileArns)] : []),
    // The same model behind another service prefix, which names it by another ID, whatever the project.
    ...(mantleModelId ? [deny(onRuntime ? 'DenyModelOnMantle' : 'DenyModelOnMantleInOtherRegions', [MANTLE_INVOKE_ACTION], ['*'],
      { StringEquals: { 'bedrock-mantle:Model': mantleModelId }, ...(!onRuntime && elsewhere) })] : []),
  ];
}

function deny(Sid: string, Action: string[], Resource: string[], Condition?: Statement['Condition']): Statement {
  return { Sid, Effect: 'Deny', Action, Resource, ...(Condition && { Condition }) };
}
