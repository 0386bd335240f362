import { Duration, Token } from 'aws-cdk-lib/core';
import { ModelCard } from '../catalog/model-card';
import { HaikuError, shown } from '../private/errors';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LAMBDA_MAX_TIMEOUT = Duration.minutes(15);

export function checkMaxTokens(card: ModelCard, maxTokens: number | undefined): void {
  if (maxTokens === undefined || Token.isUnresolved(maxTokens)) return;
  const limit = card.limits?.maxOutputTokens;
  if (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > (limit ?? Infinity)) {
    throw new HaikuError(
      `maxTokens is not valid for ${card.name}, got ${shown(maxTokens)}; expected a whole number from 1${limit ? ` to ${limit}` : ''}. `
      + 'It limits the answer, not the prompt: use a number in that range.');
  }
}

export function checkTimeout(timeout: Duration | undefined): void {
  if (timeout === undefined || timeout.isUnresolved()) return;
  const seconds = timeout.toSeconds();
  if (seconds < 1 || seconds > LAMBDA_MAX_TIMEOUT.toSeconds()) {
    throw new HaikuError(
      `timeout is not one that Lambda has, got ${timeout.toString()}; expected 1 second to 15 minutes. `
      + 'For answers that take longer, stream them or lower maxTokens.');
  }
}
