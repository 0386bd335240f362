import { Caller } from './caller';
import { stateOfOther } from './condition-keys';
import { Text } from '../iam/pattern';
import { contextOf, IamRequest, KeyState, RequestContext } from '../iam/request';
import { BATCH_ACTION, INVOKE_ACTIONS } from '../policy/statement';
import { Unknown } from '../private/unknown';
import { foundationModelArn } from '../routing/arn';
import { NO_REGION, Route } from '../routing/route';

/** What is done with a model: call it, stream its answer, or start a batch job. */
export type CallKind = 'invoke' | 'stream' | 'batch';

export const CALL_ACTIONS: Readonly<Record<CallKind, string>> = {
  invoke: INVOKE_ACTIONS[0],
  stream: INVOKE_ACTIONS[1],
  batch: BATCH_ACTION,
};

/** A call through an inference profile, from a source Region that is known. */
export interface InferenceCall {
  readonly kind: CallKind;
  readonly route: Pick<Route, '_card' | 'sourceRegion' | '_partition' | 'inferenceProfileId' | 'destinationRegions'>;
  readonly account: Text;
  readonly caller: Caller;
  /** The ARN of the application inference profile that is called instead. */
  readonly applicationProfileArn?: Text | undefined;
  readonly organizationId?: string | undefined;
}

/** One check that AWS makes of a call. */
export interface CallCheck extends IamRequest {
  /** What `aws:RequestedRegion` holds. */
  readonly region: string;
}

/**
 * Every check that AWS makes of a call: the profile, then the model wherever it may run, each in its own Region. All of them must pass.
 * To start a batch job no profile is checked: the action has neither that resource nor the condition key for it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
 */
export function checksOf(call: InferenceCall): CallCheck[] {
  const { kind, route: { _card: { modelId }, sourceRegion, _partition: partition, inferenceProfileId, destinationRegions }, account } = call;
  const systemDefined = Unknown.joined([`arn:${partition}:bedrock:${sourceRegion}:`, account, `:inference-profile/${inferenceProfileId}`]);
  const named = call.applicationProfileArn ?? systemDefined;
  const check = (resource: Text, region: string, profileKey: KeyState): CallCheck => (
    { action: CALL_ACTIONS[kind], resource, region, context: contextIn(region, kind === 'batch' ? 'absent' : profileKey, call) });
  // AWS does not say what the key holds for a copy of a system-defined profile.
  const throughProfile: KeyState = named === systemDefined ? [named] : { oneOf: [[named], [systemDefined]] };
  const regions = destinationRegions?.map((region) => [region, region]) ?? [[sourceRegion, sourceRegion], ['', NO_REGION]];
  return [
    // Nor whether it is there while the profile itself is checked.
    ...kind === 'batch' ? [] : [check(named, sourceRegion, { oneOf: ['absent', throughProfile] })],
    ...regions.map(([ofArn, region]) => check(foundationModelArn(ofArn, modelId, partition), region, throughProfile)),
  ];
}

function contextIn(region: string, profileKey: KeyState, { caller, organizationId }: InferenceCall): RequestContext {
  const present = (key: string): KeyState => [Unknown.of(key)];
  return contextOf({
    ...caller.keys,
    'aws:RequestedRegion': [region],
    'bedrock:InferenceProfileArn': profileKey,
    // There is no other way to Amazon Bedrock than TLS.
    'aws:SecureTransport': ['true'],
    'aws:PrincipalOrgID': organizationId === undefined ? present('aws:PrincipalOrgID') : [organizationId],
    'aws:PrincipalOrgPaths': present('aws:PrincipalOrgPaths'),
    'aws:userid': present('aws:userid'),
    'aws:CurrentTime': present('aws:CurrentTime'),
    'aws:EpochTime': present('aws:EpochTime'),
    'aws:ViaAWSService': present('aws:ViaAWSService'),
    // Only a service that calls for a resource of another says which.
    'aws:SourceArn': 'absent',
    'aws:SourceAccount': 'absent',
    'aws:SourceOrgID': 'absent',
    'aws:SourceOrgPaths': 'absent',
    'bedrock:PromptRouterArn': 'absent',
  }, stateOfOther);
}
