import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { HaikuError, shown } from '../private/errors';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

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
