import { INVOKE_ACTIONS, MANTLE_INVOKE_ACTION } from './actions';
import { ModelCard } from '../catalog/model-card';
import { partitionOf } from '../routing/arn';
import { InferenceRoute } from '../routing/route';

/** A statement of a service control policy that denies. */
export interface ScpStatement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** What `aws:RequestedRegion` holds while IAM checks a global call in no particular Region. */
const NO_REGION = 'unspecified';

/**
 * Start a batch job. What it is checked against is documented as the model and the job, with no condition key for the profile.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-permissions.html
 */
const BATCH_ACTION = 'bedrock:CreateModelInvocationJob';

/** What a service control policy lets through: everything else of the model is denied. */
interface Allowed {
  readonly card: ModelCard;
  /** The Region that requests are sent to. */
  readonly sourceRegion: string;
  /** What `aws:RequestedRegion` may hold. */
  readonly requestedRegions: string[];
  /** The one inference profile that may be called; without it only bedrock-mantle may be, in the Region that requests are sent to. */
  readonly inferenceProfileId?: string;
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
export function scpStatements(route: InferenceRoute, modelId: string = route._card.modelId): ScpStatement[] {
  const { sourceRegion, destinationRegions = [NO_REGION], inferenceProfileId } = route;
  return denials({ card: route._card, sourceRegion, requestedRegions: [sourceRegion, ...destinationRegions], inferenceProfileId }, modelId);
}

/** Denies every call of the model but those on bedrock-mantle in this Region. */
export function inRegionScpStatements(card: ModelCard, region: string): ScpStatement[] {
  return denials({ card, sourceRegion: region, requestedRegions: [region] }, card.modelId);
}

function denials({ card, sourceRegion, requestedRegions, inferenceProfileId }: Allowed, modelId: string): ScpStatement[] {
  const arn = `arn:${partitionOf(sourceRegion)}:bedrock`;
  const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': [...new Set(requestedRegions)] } };
  const others = inferenceProfileId ? card.inferenceProfileIds.filter((id) => id !== inferenceProfileId) : [];
  const onMantle = { StringEquals: { 'bedrock-mantle:Model': card.mantleModelId! } };
  return [
    {
      Sid: inferenceProfileId ? 'DenyModelInOtherRegions' : 'DenyModelOnRuntime',
      Effect: 'Deny',
      Action: [...INVOKE_ACTIONS, BATCH_ACTION],
      // Wide on purpose: it denies, and a profile or Region that AWS adds must be denied too.
      Resource: [`${arn}:*::foundation-model/${modelId}`, `${arn}:*:*:inference-profile/*.${modelId}`],
      ...(inferenceProfileId && { Condition: elsewhere }),
    },
    // The statement above lets another profile pass in the Regions of the route.
    ...(others.length > 0 ? [{
      Sid: 'DenyOtherInferenceProfiles',
      Effect: 'Deny' as const,
      Action: [...INVOKE_ACTIONS, BATCH_ACTION],
      Resource: others.map((id) => `${arn}:*:*:inference-profile/${id}`),
    }] : []),
    // The same model behind another service prefix, which names it by another ID, whatever the project.
    ...(card.mantleModelId ? [{
      Sid: inferenceProfileId ? 'DenyModelOnMantle' : 'DenyModelOnMantleInOtherRegions',
      Effect: 'Deny' as const,
      Action: [MANTLE_INVOKE_ACTION],
      Resource: ['*'],
      Condition: inferenceProfileId ? onMantle : { ...onMantle, ...elsewhere },
    }] : []),
  ];
}
