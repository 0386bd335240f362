import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Aws, Stack } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { CacheTtl, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, ModelCard, PromptCaching } from '../../src';
import { stackIn } from '../kit/stack';

const ID = 'cdk-bedrock-haiku:HaikuInvoker.cacheBelowMinimum';

/** The warnings about the cache. */
function warnings(invoker: HaikuInvoker): string[] {
  return Annotations.fromStack(Stack.of(invoker)).findWarning('*', Match.stringLikeRegexp('caches nothing')).map(({ entry }) => String(entry.data));
}

test('a cached system prompt that is too short to be cached is warned of', () => {
  expect(warnings(invokerWith({ systemPrompt: 'Answer in one sentence.', promptCaching: PromptCaching.systemPrompt(CacheTtl.ONE_HOUR) }))).toEqual([
    'systemPrompt has at most 23 tokens, and Claude Haiku 4.5 caches nothing before a checkpoint that covers fewer than 4096 (as of 2026-10): '
    + 'by itself it is never read from the cache. Leave the checkpoint after the system prompt out, or put one after the messages with PromptCaching.messages(). '
    + 'Acknowledge this if your events bring tools, which count too because they stand before it, or a long system prompt of their own. '
    + `[ack: ${ID}]`,
  ]);
});

test('so is the longest that Lambda takes', () => {
  expect(warnings(invokerWith({ systemPrompt: 'ü'.repeat(1800), promptCaching: PromptCaching.of({ tools: CacheTtl.ONE_HOUR, system: CacheTtl.ONE_HOUR }) })).join())
    .toContain('systemPrompt has at most 3600 tokens');
});

test.each<[string, HaikuInvokerProps]>([
  ['without a checkpoint after it', { systemPrompt: 'Short.', promptCaching: PromptCaching.of({ tools: CacheTtl.ONE_HOUR, messages: CacheTtl.FIVE_MINUTES }) }],
  ['without any', { systemPrompt: 'Short.' }],
  ['that the events bring', { promptCaching: PromptCaching.systemPrompt() }],
  ['that is known only at deploy time', { systemPrompt: Aws.STACK_NAME, promptCaching: PromptCaching.systemPrompt() }],
])('a system prompt %s is not warned of', (_, props) => {
  expect(warnings(invokerWith(props))).toEqual([]);
});

test.each([[5, 0], [6, 0], [7, 1]])('the least that a card has is %d tokens, for a prompt of 6: %d warnings', (minTokensPerCheckpoint, count) => {
  const stack = stackIn('us-east-1');
  const props = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const model = ModelCard.of({ ...props, promptCaching: { ...props.promptCaching!, minTokensPerCheckpoint } });
  const target = new CrossRegionInferenceProfile(stack, 'Target', { model });
  expect(warnings(new HaikuInvoker(stack, 'Invoker', { target, systemPrompt: 'Short.', promptCaching: PromptCaching.systemPrompt() }))).toHaveLength(count);
});
