import { Annotations, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { ModelCard } from '../catalog/model-card';

/**
 * Warns of a cached system prompt that is too short to be cached. Only the events could make up for it, with tools, which stand before
 * it, or a system prompt of their own: no error.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function warnOfCacheBelowMinimum(scope: IConstruct, card: ModelCard, { systemPrompt, promptCaching }: HaikuInvokerProps): void {
  const limits = card.promptCaching;
  if (!limits || systemPrompt === undefined || Token.isUnresolved(systemPrompt) || promptCaching?._checkpoints.system === undefined) return;
  // A token is at least one byte long.
  const tokens = Buffer.byteLength(systemPrompt);
  const least = limits.minTokensPerCheckpoint;
  if (tokens >= least) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.cacheBelowMinimum',
    `systemPrompt has at most ${tokens} tokens, and ${card.name} caches nothing before a checkpoint that covers fewer than ${least} (as of ${limits.asOf}): `
    + 'by itself it is never read from the cache. Leave the checkpoint after the system prompt out, or put one after the messages with PromptCaching.messages(). '
    + 'Acknowledge this if your events bring tools, which count too because they stand before it, or a long system prompt of their own.');
}
