import { HaikuInvokerProps, InvokerApi } from './haiku-invoker-props';
import { ENDPOINTS, NOT_ON_MANTLE } from '../contract/endpoints';
import { HaikuError, shown } from '../private/errors';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** Why bedrock-mantle does not take a prop: the options by their names, which the props have too. */
const REASONS: Record<typeof NOT_ON_MANTLE[number], string> = {
  guardrail: 'which has no guardrails',
  serviceTier: 'where it is not documented how a Messages request names a tier',
  requestMetadata: 'which writes no model invocation log',
};

/** Refuses what the target's endpoint, or the dialect, does not have. */
export function checkTargetFeatures({ endpoint }: IInvocableModel, props: HaikuInvokerProps): void {
  const { api = InvokerApi.MESSAGES } = props;
  if (!(ENDPOINTS[endpoint].apis as string[]).includes(api)) notOnMantle('api', api, 'which serves the Messages API only');
  if (endpoint !== InferenceEndpoint.BEDROCK_MANTLE) return;
  const given = { guardrail: props.guardrail?.guardrailIdentifier, serviceTier: props.serviceTier?.name, requestMetadata: props.requestMetadata };
  for (const prop of NOT_ON_MANTLE) if (given[prop] !== undefined) notOnMantle(prop, given[prop], REASONS[prop]);
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html */
function notOnMantle(prop: string, value: unknown, reason: string): never {
  throw new HaikuError(
    `${prop} is not available on bedrock-mantle, got ${shown(value)}; expected none with this target, ${reason}. `
    + `Leave ${prop} out, or call the model through a CrossRegionInferenceProfile.`);
}
