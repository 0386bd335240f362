import { Token } from 'aws-cdk-lib/core';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { ModelCard } from '../catalog/model-card';
import { ENDPOINTS, NOT_ON_MANTLE } from '../contract/endpoints';
import { DEFAULT_MAX_TOKENS } from '../contract/invoker-defaults';
import { METADATA_ENTRIES } from '../contract/limits';
import { HaikuError, shown } from '../private/errors';
import { checkWholeNumber } from '../private/prop-kind';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** The API's own limit, for Converse and InvokeModel alike. */
const METADATA_TEXT = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;

/** Refuses defaults of a request that no model with this card takes. */
export function checkRequestDefaults(card: ModelCard, props: HaikuInvokerProps): void {
  if (props.systemPrompt?.trim() === '') {
    throw new HaikuError(`systemPrompt is empty, got ${shown(props.systemPrompt)}; expected some text. Leave systemPrompt out to have none.`);
  }
  if (props.systemPrompt !== undefined && props.systemPromptSource) {
    throw new HaikuError(
      `systemPrompt and systemPromptSource are both given, systemPrompt as ${shown(props.systemPrompt)}; expected one of the two. `
      + 'Leave systemPrompt out, and write its text where systemPromptSource reads it.');
  }
  checkMaxTokens(card, props);
  checkThinking(card, props);
  checkMetadata(props.requestMetadata);
}

function checkMaxTokens(card: ModelCard, props: HaikuInvokerProps): void {
  const { maxTokens, thinkingBudgetTokens } = props;
  if (maxTokens === undefined || Token.isUnresolved(maxTokens)) return;
  const { maxOutputTokens, streamingRequiredAboveTokens: most = Infinity, asOf } = card.limits ?? {};
  checkWholeNumber('maxTokens', maxTokens, [1, maxOutputTokens], 'It limits the answer, not the prompt: use a number in that range.');
  if (thinkingBudgetTokens === undefined || maxTokens <= most || streamsAnswers(props)) return;
  throw new HaikuError(
    `maxTokens is too high for an answer with thinking that comes whole, got ${shown(maxTokens)}; `
    + `expected at most ${most} with thinkingBudgetTokens, above which ${card.name} must stream (as of ${asOf}). `
    + 'Lower it, leave thinkingBudgetTokens out, or stream the answers with responseStreaming.');
}

function checkThinking(card: ModelCard, { thinkingBudgetTokens: budget, maxTokens = DEFAULT_MAX_TOKENS, sampling }: HaikuInvokerProps): void {
  if (budget === undefined) return;
  if (sampling) {
    throw new HaikuError(
      `sampling does not go with thinkingBudgetTokens, since ${card.name} takes no sampling parameter while it thinks. `
      + 'Leave one of the two out.');
  }
  checkWholeNumber('thinkingBudgetTokens', budget, [card.limits?.thinking?.minBudgetTokens ?? 1], 'Raise it, or leave it out to have no thinking.');
  if (Token.isUnresolved(budget) || Token.isUnresolved(maxTokens) || budget < maxTokens) return;
  throw new HaikuError(
    `thinkingBudgetTokens leaves nothing of maxTokens for the answer, got ${shown(budget)} of ${shown(maxTokens)}; expected fewer than maxTokens. `
    + `Raise maxTokens, which is ${DEFAULT_MAX_TOKENS} if left out, or lower the budget.`);
}

function checkMetadata(metadata: { [key: string]: string } | undefined): void {
  if (metadata === undefined || Token.isUnresolved(metadata)) return;
  const entries = Object.entries(metadata);
  if (entries.length < 1 || entries.length > METADATA_ENTRIES) {
    throw new HaikuError(
      `requestMetadata has ${entries.length} entries, got ${shown(Object.keys(metadata))}; expected 1 to ${METADATA_ENTRIES}. `
      + 'Leave some out, or leave requestMetadata out to have none.');
  }
  const taken = (text: string) => Token.isUnresolved(text) || METADATA_TEXT.test(text);
  const wrong = entries.find(([key, value]) => key === '' || !taken(key) || !taken(value));
  if (wrong) {
    throw new HaikuError(
      `requestMetadata has an entry that the API does not take, got ${shown(Object.fromEntries([wrong]))}; `
      + 'expected a key of 1 to 256 and a value of at most 256 letters, digits, spaces and : _ @ $ # = / + , . -. Change that entry.');
  }
}

/** Whether the function streams its answers: because it is asked to, or because its function URL does. */
export function streamsAnswers({ responseStreaming, functionUrl }: HaikuInvokerProps): boolean {
  return responseStreaming ?? functionUrl?.streams ?? false;
}

/** Refuses what cannot stream, and a function URL that would invoke the function in another way than it answers. */
export function checkResponseStreaming({ api, responseStreaming, functionUrl }: HaikuInvokerProps): void {
  if (responseStreaming === false && functionUrl?.streams) {
    throw new HaikuError(
      'responseStreaming does not fit functionUrl, got false with InvokerFunctionUrl.streaming(); expected true, since that function URL streams. '
      + 'Leave responseStreaming out, or use InvokerFunctionUrl.buffered().');
  }
  if (responseStreaming && functionUrl && !functionUrl.streams) {
    throw new HaikuError(
      'responseStreaming does not fit functionUrl, got true with InvokerFunctionUrl.buffered(); expected InvokerFunctionUrl.streaming(), '
      + 'since a buffered function URL invokes the function in a way in which it cannot stream. '
      + 'Use InvokerFunctionUrl.streaming(), whose callers get the answer whole unless they ask for a stream, or leave responseStreaming out.');
  }
  if (api !== InvokerApi.CONVERSE) return;
  if (functionUrl?.streams) {
    throw new HaikuError(
      'functionUrl cannot stream in the Converse dialect, got InvokerFunctionUrl.streaming() with InvokerApi.CONVERSE; '
      + 'expected InvokerApi.MESSAGES, whose server-sent events are what streams. Leave api out, or use InvokerFunctionUrl.buffered().');
  }
  if (responseStreaming) {
    throw new HaikuError(
      'responseStreaming is not available in the Converse dialect, got true with InvokerApi.CONVERSE; '
      + 'expected InvokerApi.MESSAGES, whose server-sent events are what streams. Leave api out, or leave responseStreaming out.');
  }
}

/** Why bedrock-mantle does not take a prop: the options by their names, which the props have too. */
const REASONS: Record<typeof NOT_ON_MANTLE[number], string> = {
  guardrail: 'that endpoint has no guardrails',
  serviceTier: 'it is not documented how a Messages request names a tier there',
  requestMetadata: 'that endpoint writes no model invocation log',
};

/** Refuses what the target's endpoint, or the dialect, does not have. */
export function checkTargetFeatures({ endpoint }: IInvocableModel, props: HaikuInvokerProps): void {
  const { api = InvokerApi.MESSAGES } = props;
  if (!(ENDPOINTS[endpoint].apis as string[]).includes(api)) notOnMantle('api', api, 'that endpoint serves the Messages API only');
  if (endpoint !== InferenceEndpoint.BEDROCK_MANTLE) return;
  const given = { guardrail: props.guardrail?.guardrailIdentifier, serviceTier: props.serviceTier?.name, requestMetadata: props.requestMetadata };
  for (const prop of NOT_ON_MANTLE) if (given[prop] !== undefined) notOnMantle(prop, given[prop], REASONS[prop]);
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html */
function notOnMantle(prop: string, value: unknown, reason: string): never {
  throw new HaikuError(
    `${prop} is not available on bedrock-mantle, got ${shown(value)}: ${reason}. `
    + `Leave ${prop} out, or call the model through a CrossRegionInferenceProfile.`);
}
