import { Duration, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { hasThinkingBudgets } from './card-feature-checks';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerRetry } from './invoker-retry';
import { systemSource } from './system-prompt-source';
import { ModelCard } from '../catalog/model-card';
import { limitsOf } from '../contract/card-limits';
import { DEFAULT_MAX_TOKENS } from '../contract/invoker-defaults';
import type { InvokerOptions } from '../contract/invoker-options';
import { IApplicationInferenceProfile } from '../targets/application-inference-profile';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** The props as the handler's options; only what differs from the handler's own defaults is in them. */
export function invokerOptions(scope: IConstruct, target: IInvocableModel, props: HaikuInvokerProps): InvokerOptions {
  return withoutUndefined({
    system: props.systemPrompt,
    systemSource: props.systemPromptSource && withoutUndefined(systemSource(scope, props.systemPromptSource)),
    maxTokens: props.maxTokens ?? lowerDefault(target.model),
    ...samplingOf(target.model, props),
    thinkingBudgetTokens: hasThinkingBudgets(target.model) ? props.thinkingBudgetTokens : undefined,
    effort: target.model.limits?.thinking?.effortLevels ? props.effort : undefined,
    promptCaching: props.promptCaching?._checkpoints,
    lockedFields: props.lockedFields?.length ? [...new Set(props.lockedFields)] : undefined,
    guardrail: props.guardrail && { id: props.guardrail.guardrailIdentifier, version: props.guardrail.guardrailVersion },
    serviceTier: props.serviceTier?.name,
    requestMetadata: props.requestMetadata,
    retry: props.retry && retryOptions(props.retry),
    logContent: props.logContent || undefined,
    openTelemetry: props.openTelemetry || undefined,
    metricsNamespace: props.metricsNamespace,
    ...structuredOutputs(target),
    limits: limitsOf(target.model),
    modelName: tellsNoName(target) ? target.model.modelId : undefined,
  });
}

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

/** Whether what requests name does not tell every name of the model: an application profile's ARN tells none, an ID on bedrock-mantle no date. */
export function tellsNoName(target: IInvocableModel): boolean {
  return target.endpoint === InferenceEndpoint.BEDROCK_MANTLE
    || (target as Partial<IApplicationInferenceProfile>).inferenceProfileArn === target.modelId;
}

/** What the card does not know of is not sent: the model might refuse every call for it. Synthesis warns of it. */
function samplingOf(card: ModelCard, { sampling }: HaikuInvokerProps): Pick<InvokerOptions, 'temperature' | 'topP'> {
  return sampling && card.limits?.samplingParameters ? { temperature: sampling._temperature, topP: sampling._topP } : {};
}

/** A model that writes less than the handler asks for by default. */
function lowerDefault({ limits }: ModelCard): number | undefined {
  return limits && limits.maxOutputTokens < DEFAULT_MAX_TOKENS ? limits.maxOutputTokens : undefined;
}

function retryOptions({ maxAttempts, baseDelay, maxDelay, attemptTimeout }: InvokerRetry): InvokerOptions['retry'] {
  const milliseconds = (duration?: Duration) => duration?.toMilliseconds();
  return withoutUndefined({
    maxAttempts,
    baseDelayMs: milliseconds(baseDelay),
    maxDelayMs: milliseconds(maxDelay),
    attemptTimeoutMs: milliseconds(attemptTimeout),
  });
}

/** Without what is not set, and without objects in which nothing is. */
function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && !isEmpty(value))) as T;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Token.isUnresolved(value) && Object.keys(value).length === 0;
}
