import { AuthorizationRequest } from './policy-simulator';
import { documentedGeoRoute, MODEL_ID } from '../fixtures/documented-regions';
import { ACCOUNT } from '../kit/stack';


export const INVOKE = 'bedrock:InvokeModel';
export const STREAM = 'bedrock:InvokeModelWithResponseStream';
export const INVOKE_ACTIONS = [INVOKE, STREAM];

/** A call through an inference profile. ARNs are written out here, without the library. */
export interface InferenceCall {
  readonly sourceRegion: string;
  /** The geography's prefix, or `global`. */
  readonly prefix: string;
  readonly account?: string;
  /** The ARN of the application inference profile that the call names instead. */
  readonly applicationProfileArn?: string;
  /** What AWS puts into `bedrock:InferenceProfileArn`, if not the ARN that the call names. */
  readonly inferenceProfileArnKey?: string;
}

export function profileArn(region: string, prefix: string, account: string = ACCOUNT): string {
  return `arn:aws:bedrock:${region}:${account}:inference-profile/${prefix}.${MODEL_ID}`;
}

/** The foundation model in a Region; `''` is the one without a Region. */
export function modelArn(region: string, modelId: string = MODEL_ID): string {
  return `arn:aws:bedrock:${region}::foundation-model/${modelId}`;
}

/** Everything that AWS checks for the call: the profile, then the model wherever it may run, known to come through the profile. */
export function checksOf(call: InferenceCall, action: string): AuthorizationRequest[] {
  const named = call.applicationProfileArn ?? profileArn(call.sourceRegion, call.prefix, call.account);
  const through = { 'bedrock:InferenceProfileArn': call.inferenceProfileArnKey ?? named };
  const source = { 'aws:RequestedRegion': call.sourceRegion };
  return [
    { action, resource: named, context: source },
    ...(call.prefix === 'global'
      ? [
        { action, resource: modelArn(call.sourceRegion), context: { ...source, ...through } },
        { action, resource: modelArn(''), context: { 'aws:RequestedRegion': 'unspecified', ...through } },
      ]
      : documentedGeoRoute(call.sourceRegion).destinations
        .map((region) => ({ action, resource: modelArn(region), context: { 'aws:RequestedRegion': region, ...through } }))),
  ];
}

/** The checks of the call and of its streaming form. */
export function allChecksOf(call: InferenceCall): AuthorizationRequest[] {
  return INVOKE_ACTIONS.flatMap((action) => checksOf(call, action));
}
