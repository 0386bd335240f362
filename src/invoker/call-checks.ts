import { IConstruct } from 'constructs';
import { deployedText } from '../construct/read-policy';
import { Text } from '../iam/pattern';
import { contextOf, KeyState } from '../iam/request';
import { anyCaller, Caller } from '../organization/caller';
import { stateOfOther } from '../organization/condition-keys';
import { CALL_ACTIONS, CallCheck, CallKind, checksOf } from '../organization/inference-call';
import { MANTLE_INVOKE_ACTION } from '../policy/statement';
import { isBranded } from '../private/brand';
import { Unknown } from '../private/unknown';
import { foundationModelArn } from '../routing/arn';
import { partitionOf } from '../routing/partition';
import { IApplicationInferenceProfile } from '../targets/application-inference-profile';
import type { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** Who makes a call, and how, as far as the function's stack knows. */
export interface CallMade {
  readonly principalArn: Text;
  readonly account: Text;
  readonly streams: boolean;
  readonly guardrailArn: Text | undefined;
}

type Check = (action: string, resource: Text, keys?: Record<string, KeyState>) => CallCheck;

/** Every check that AWS makes of a call of a target, whose Region is known, from a construct of some stack. */
export function checksOfCall(scope: IConstruct, target: IInvocableModel, made: CallMade): CallCheck[] {
  const { sourceRegion: region } = target;
  const { account, principalArn, streams, guardrailArn } = made;
  const anyone = anyCaller(account, partitionOf(region));
  const caller: Caller = { keys: { ...anyone.keys, 'aws:PrincipalArn': [principalArn], 'aws:PrincipalType': ['AssumedRole'] } };
  const check: Check = (action, resource, keys) => (
    { action, resource, region, context: contextOf({ ...caller.keys, 'aws:RequestedRegion': [region], 'aws:SecureTransport': ['true'], ...keys }, stateOfOther) });
  const kinds: CallKind[] = streams ? ['invoke', 'stream'] : ['invoke'];
  return [
    ...inRegionChecks(scope, target, account, kinds, check)
      ?? kinds.flatMap((kind) => checksOf({ kind, account, caller, ...throughProfile(scope, target) })),
    ...guardrailArn === undefined ? [] : [check('bedrock:ApplyGuardrail', guardrailArn)],
  ];
}

/** What a call without a profile is checked for; nothing if it goes through one. */
function inRegionChecks(scope: IConstruct, target: IInvocableModel, account: Text, kinds: CallKind[], check: Check): CallCheck[] | undefined {
  const { sourceRegion: region, modelId, projectId } = target;
  if (target.endpoint === InferenceEndpoint.BEDROCK_MANTLE) {
    const project = Unknown.joined([`arn:${partitionOf(region)}:bedrock-mantle:${region}:`, account, ':project/', deployedText(scope, projectId!)]);
    return [check(MANTLE_INVOKE_ACTION, project, { 'bedrock-mantle:Model': [modelId] })];
  }
  if (!isBranded(target, 'InRegionInference')) return undefined;
  return kinds.map((kind) => check(CALL_ACTIONS[kind], foundationModelArn(region, modelId), { 'bedrock:InferenceProfileArn': 'absent' }));
}

function throughProfile(scope: IConstruct, target: IInvocableModel) {
  const copied = isBranded(target, 'ApplicationInferenceProfile') ? (target as IApplicationInferenceProfile).copyFrom : undefined;
  const { _route: route } = (copied ?? target) as CrossRegionInferenceProfile;
  return { route, applicationProfileArn: copied && deployedText(scope, target.modelId) };
}
