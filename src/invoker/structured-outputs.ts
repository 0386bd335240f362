import { Token } from 'aws-cdk-lib/core';
import type { InvokerOptions } from '../contract/invoker-options';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** What the handler is told about structured outputs; nothing, if the target takes them. */
type StructuredOutputs = Pick<InvokerOptions, 'structuredOutputsUnsupported' | 'structuredOutputsUnsupportedIn'>;

const INSTEAD = 'Ask for JSON in the prompt, or with a tool that is not strict.';

/** Whether the target takes structured outputs, as far as it is known at synth time. */
export function structuredOutputs(target: IInvocableModel): StructuredOutputs {
  if (target.endpoint === InferenceEndpoint.BEDROCK_MANTLE) {
    return { structuredOutputsUnsupported: 'bedrock-mantle has none. Call the model through a CrossRegionInferenceProfile.' };
  }
  const { _systemDefinedProfileId: inferenceProfileId, model } = target;
  if (model.limits?.structuredOutputs === false) return { structuredOutputsUnsupported: `${model.name} has none. ${INSTEAD}` };
  const geographies = model.limits?.geographiesWithoutStructuredOutputs?.map(({ prefix }) => prefix) ?? [];
  if (geographies.length === 0 || inferenceProfileId === undefined) return {};
  if (Token.isUnresolved(inferenceProfileId)) return { structuredOutputsUnsupportedIn: { inferenceProfileId, geographies } };
  const prefix = inferenceProfileId.split('.')[0];
  return geographies.includes(prefix)
    ? { structuredOutputsUnsupported: `the "${prefix}" inference profile of ${model.name} has none. ${INSTEAD}` }
    : {};
}
