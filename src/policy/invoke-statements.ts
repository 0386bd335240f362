import { guarded } from './guardrail-statements';
import { DESCRIBE_PROFILE_ACTION, INVOKE_ACTIONS, MANTLE_INVOKE_ACTION, Statement } from './statement';
import { NO_REGION, Route } from '../routing/route';

/** What calls name besides the model. All values may be tokens. */
interface CallsWith {
  /** The application profile that calls name. */
  readonly applicationProfileArn?: string;
  /** What `bedrock:GuardrailIdentifier` must hold in each call of the model. As documented, the condition stands on foundation models. */
  readonly requiredGuardrail?: string;
}

/**
 * The documented identity statements for a route: the profile that calls name, then what it reaches, there only through the profile.
 *
 * Geo: the model in each destination Region. Global: the model in the source Region, and the model without a Region, which IAM sees as
 * requested in the Region `unspecified`.
 *
 * @param account - the caller's account
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
export function routeStatements(route: Route, account: string, { applicationProfileArn, requiredGuardrail }: CallsWith = {}): Statement[] {
  const { _reach: reach, sourceRegion } = route;
  const systemDefinedArn = route.inferenceProfileArn(account);
  const profileArn = applicationProfileArn ?? systemDefinedArn;
  const onProfile = (equals?: Equals): Statement => allow([...INVOKE_ACTIONS, DESCRIBE_PROFILE_ACTION], [profileArn], equals);
  // For an application profile AWS does not document whether the key holds its own ARN or the copied profile's, so both are accepted.
  const through = { 'bedrock:InferenceProfileArn': applicationProfileArn ? [applicationProfileArn, systemDefinedArn] : systemDefinedArn };
  const onModel = (arn: string[], equals?: Equals): Statement[] => guarded(allow(INVOKE_ACTIONS, arn, { ...equals, ...through }), requiredGuardrail);
  if (reach.kind === 'geo') return [onProfile(), ...onModel(reach.modelArns)];
  const fromSource = { 'aws:RequestedRegion': sourceRegion };
  return [
    onProfile(fromSource),
    ...onModel([reach.regionalModelArn], fromSource),
    ...onModel([reach.globalModelArn], { 'aws:RequestedRegion': NO_REGION }),
  ];
}

/** What a caller of the bedrock-mantle endpoint needs to reach. All values may be tokens. */
interface MantleAccess {
  readonly projectArn: string;
  /** The model's ID on bedrock-mantle. */
  readonly mantleModelId: string;
}

/**
 * The statement for In-Region inference on bedrock-mantle: this model, in this project.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export function mantleStatements({ projectArn, mantleModelId }: MantleAccess): Statement[] {
  return [allow([MANTLE_INVOKE_ACTION], [projectArn], { 'bedrock-mantle:Model': mantleModelId })];
}

/**
 * The statement for In-Region inference on bedrock-runtime: the model in this Region, called by its own ID. Calls that came through an
 * inference profile are left to the statements of that profile.
 *
 * @see https://aws.amazon.com/blogs/machine-learning/securing-amazon-bedrock-cross-region-inference-geographic-and-global/
 */
export function bareModelStatements(modelArn: string, requiredGuardrail?: string): Statement[] {
  return guarded({ Effect: 'Allow', Action: [...INVOKE_ACTIONS], Resource: [modelArn], Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } }, requiredGuardrail);
}

type Equals = Record<string, string | string[]>;

function allow(actions: string[], resources: string[], equals?: Equals): Statement {
  return { Effect: 'Allow', Action: [...actions], Resource: resources, ...(equals && { Condition: { StringEquals: equals } }) };
}
