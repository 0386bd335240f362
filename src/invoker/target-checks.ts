import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { InferenceEndpoint } from '../invocable-model/inference-endpoint';
import { IInvocableModel } from '../invocable-model/invocable-model';
import { HaikuError, shown } from '../private/errors';

/** The target of the props. Callers without a type checker pass IDs here. */
export function checkTarget(target: unknown): void {
  if (target === undefined || typeof (target as IInvocableModel | null)?.grants?.invoke === 'function') return;
  throw new HaikuError(
    `target is not a model that can be called, got ${typeof target === 'object' ? 'an object without grants.invoke' : shown(target)}; `
    + 'expected a CrossRegionInferenceProfile, an ApplicationInferenceProfile or an InRegionInference. '
    + 'For the ID of an inference profile, use CrossRegionInferenceProfile.fromInferenceProfileId(...).');
}

/** Refuses what the target's endpoint, or the dialect, does not have. */
export function checkTargetFeatures(target: IInvocableModel, props: HaikuInvokerProps): void {
  if (target.endpoint !== InferenceEndpoint.BEDROCK_MANTLE) return;
  if (props.api === InvokerApi.CONVERSE) notOnMantle('api', props.api, 'which serves the Messages API only');
  if (props.guardrail) notOnMantle('guardrail', props.guardrail.guardrailIdentifier, 'which has no guardrails');
  if (props.serviceTier) notOnMantle('serviceTier', props.serviceTier.name, 'where it is not documented how a Messages request names a tier');
  if (props.requestMetadata) notOnMantle('requestMetadata', props.requestMetadata, 'which writes no model invocation log');
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html */
function notOnMantle(prop: string, value: unknown, reason: string): never {
  throw new HaikuError(
    `${prop} is not available on bedrock-mantle, got ${shown(value)}; expected none with this target, ${reason}. `
    + `Leave ${prop} out, or call the model through a CrossRegionInferenceProfile.`);
}
