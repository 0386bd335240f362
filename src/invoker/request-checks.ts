import { Token } from 'aws-cdk-lib/core';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { streamsAnswers } from './response-streaming';
import { checkWholeNumber } from './whole-number';
import { ModelCard } from '../catalog/model-card';
import { HaikuError, shown } from '../private/errors';

/** What the handler asks for when neither the event nor the construct says. */
export const DEFAULT_MAX_TOKENS = 4096;

/** The API's own limits, for Converse and InvokeModel alike. */
const METADATA_ENTRIES = 16;
const METADATA_TEXT = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;

/** Refuses defaults of a request that no model with this card takes. */
export function checkRequestDefaults(card: ModelCard, props: HaikuInvokerProps): void {
  if (props.systemPrompt?.trim() === '') {
    throw new HaikuError(`systemPrompt is empty, got ${shown(props.systemPrompt)}; expected some text. Leave systemPrompt out to have none.`);
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
    + 'Lower it, leave thinkingBudgetTokens out, or stream the answers with responseStreaming: true.');
}

function checkThinking(card: ModelCard, { thinkingBudgetTokens: budget, maxTokens = DEFAULT_MAX_TOKENS, sampling }: HaikuInvokerProps): void {
  if (budget === undefined) return;
  if (sampling) {
    throw new HaikuError(
      `sampling does not go with thinkingBudgetTokens, got both; expected one of them, since ${card.name} thinks with its own sampling only. `
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
