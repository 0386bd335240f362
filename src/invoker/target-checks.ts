import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { InferenceEndpoint } from '../targets/inference-endpoint';
import { IInvocableModel } from '../targets/invocable-model';

/** What is asked of a target, and whether it has it. Users may bring a class of their own. */
const ASKED: Record<string, (target: IInvocableModel) => boolean> = {
  'grants.invoke': ({ grants }) => typeof grants?.invoke === 'function',
  'modelId': ({ modelId }) => typeof modelId === 'string',
  'sourceRegion': ({ sourceRegion }) => typeof sourceRegion === 'string',
  'endpoint': ({ endpoint }) => Object.values(InferenceEndpoint).includes(endpoint),
  'model': ({ model }) => isBranded(model, 'ModelCard'),
};

/** The target of the props. Callers without a type checker pass IDs here. */
export function checkTarget(target: unknown): void {
  if (target === undefined) return;
  const missing = Object.keys(ASKED).filter((member) => !(typeof target === 'object' && target !== null && ASKED[member](target as IInvocableModel)));
  if (missing.length === 0) return;
  throw new HaikuError(
    `target is not a model that can be called, got ${shown(target)}${missing.length < Object.keys(ASKED).length ? ` without ${missing.join(', ')}` : ''}; `
    + 'expected a CrossRegionInferenceProfile, an ApplicationInferenceProfile or an InRegionInference. '
    + 'For the ID of an inference profile, use CrossRegionInferenceProfile.fromInferenceProfileId(...).');
}

/** Refuses what the target's endpoint, or the dialect, does not have. */
export function checkTargetFeatures(target: IInvocableModel, props: HaikuInvokerProps): void {
  if (target.endpoint !== InferenceEndpoint.BEDROCK_MANTLE) return;
  if (props.api === InvokerApi.CONVERSE) notOnMantle('api', props.api, 'that endpoint serves the Messages API only');
  if (props.guardrail) notOnMantle('guardrail', props.guardrail.guardrailIdentifier, 'that endpoint has no guardrails');
  if (props.serviceTier) notOnMantle('serviceTier', props.serviceTier.name, 'it is not documented how a Messages request names a tier there');
  if (props.requestMetadata) notOnMantle('requestMetadata', props.requestMetadata, 'that endpoint writes no model invocation log');
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html */
function notOnMantle(prop: string, value: unknown, reason: string): never {
  throw new HaikuError(
    `${prop} is not available on bedrock-mantle, got ${shown(value)}: ${reason}. `
    + `Leave ${prop} out, or call the model through a CrossRegionInferenceProfile.`);
}
