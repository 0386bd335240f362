import { CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps, InvokerFunctionUrl, ModelCard, CrossRegionInferenceProfile, Sampling } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

/** A number that is known only at deploy time. */
function numberToken(stack: Stack): number {
  return new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
}

test.each([1, 4096, 21_333, 21_334, 64_000])('maxTokens of %d is taken', (maxTokens) => {
  expect(() => invokerWith({ maxTokens })).not.toThrow();
});

test.each([0, -1, 64_001, 1.5, NaN])('maxTokens of %d is refused', (maxTokens) => {
  expect(thrown(() => invokerWith({ maxTokens }))).toBe(
    `maxTokens is out of range, got ${maxTokens}; expected a whole number from 1 to 64000. `
    + 'It limits the answer, not the prompt: use a number in that range.');
});

test.each([21_334, 64_000])('maxTokens of %d with thinking is refused where answers come whole, and says how to stream', (maxTokens) => {
  const message = `maxTokens is too high for an answer with thinking that comes whole, got ${maxTokens}; `
    + 'expected at most 21333 with thinkingBudgetTokens, above which Claude Haiku 4.5 must stream (as of 2026-10). '
    + 'Lower it, leave thinkingBudgetTokens out, or stream the answers with responseStreaming.';
  const thinkingBudgetTokens = 2048;
  expect(thrown(() => invokerWith({ maxTokens, thinkingBudgetTokens }))).toBe(message);
  expect(thrown(() => invokerWith({ maxTokens, thinkingBudgetTokens, functionUrl: InvokerFunctionUrl.buffered() }))).toBe(message);
});

test.each([21_334, 64_000])('maxTokens of %d with thinking is taken where answers stream', (maxTokens) => {
  expect(() => invokerWith({ maxTokens, thinkingBudgetTokens: 2048, functionUrl: InvokerFunctionUrl.streaming() })).not.toThrow();
  expect(() => invokerWith({ maxTokens, thinkingBudgetTokens: 2048, responseStreaming: true })).not.toThrow();
});

test('maxTokens of 64,001 is refused where answers stream too', () => {
  expect(() => invokerWith({ maxTokens: 64_001, functionUrl: InvokerFunctionUrl.streaming() })).toThrow('maxTokens is out of range, got 64001');
});

test('numbers that are tokens are accepted unmeasured', () => {
  const stack = stackIn('us-east-1');
  const number = numberToken(stack);
  expect(() => new HaikuInvoker(stack, 'One', { maxTokens: number, thinkingBudgetTokens: number })).not.toThrow();
  expect(() => new HaikuInvoker(stack, 'Two', { maxTokens: 1, thinkingBudgetTokens: number })).not.toThrow();
  expect(() => new HaikuInvoker(stack, 'Three', { sampling: Sampling.temperature(number) })).not.toThrow();
});

test('a card without limits lets every number pass that is one', () => {
  const { geoRoutes, modelId, sourceUrl, asOf } = ModelCard.CLAUDE_HAIKU_4_5;
  const stack = stackIn('us-east-1');
  const target = new CrossRegionInferenceProfile(stack, 'Target', { model: ModelCard.of({ name: 'Next', modelId, sourceUrl, asOf, geoRoutes }) });
  expect(() => new HaikuInvoker(stack, 'One', { target, maxTokens: 1_000_000, thinkingBudgetTokens: 1 })).not.toThrow();
  expect(thrown(() => new HaikuInvoker(stack, 'Two', { target, maxTokens: 0 }))).toBe(
    'maxTokens is out of range, got 0; expected a whole number of at least 1. It limits the answer, not the prompt: use a number in that range.');
});

test.each<[HaikuInvokerProps]>([
  [{ thinkingBudgetTokens: 1024 }],
  [{ thinkingBudgetTokens: 4095 }],
  [{ thinkingBudgetTokens: 1024, maxTokens: 1025 }],
  [{ thinkingBudgetTokens: 1024, maxTokens: 21_333 }],
  [{ thinkingBudgetTokens: 63_999, maxTokens: 64_000, functionUrl: InvokerFunctionUrl.streaming() }],
])('thinking as in %j is taken', (props) => {
  expect(() => invokerWith(props)).not.toThrow();
});

test.each([0, 1023, 2000.5])('a thinking budget of %d is refused', (thinkingBudgetTokens) => {
  expect(thrown(() => invokerWith({ thinkingBudgetTokens }))).toBe(
    `thinkingBudgetTokens is out of range, got ${thinkingBudgetTokens}; expected a whole number of at least 1024. Raise it, or leave it out to have no thinking.`);
});

test.each([
  [4096, undefined, 4096],
  [1024, 1024, 1024],
  [5000, 2000, 2000],
])('a thinking budget of %d is refused when maxTokens is %p', (thinkingBudgetTokens, maxTokens, counted) => {
  expect(thrown(() => invokerWith({ thinkingBudgetTokens, maxTokens }))).toBe(
    `thinkingBudgetTokens leaves nothing of maxTokens for the answer, got ${thinkingBudgetTokens} of ${counted}; expected fewer than maxTokens. `
    + 'Raise maxTokens, which is 4096 if left out, or lower the budget.');
});

test.each([['temperature', Sampling.temperature(1)], ['topP', Sampling.topP(0.9)]])('thinking with a %s of its own is refused', (_, sampling) => {
  expect(thrown(() => invokerWith({ thinkingBudgetTokens: 2048, sampling }))).toBe(
    'sampling does not go with thinkingBudgetTokens, since Claude Haiku 4.5 takes no sampling parameter while it thinks. '
    + 'Leave one of the two out.');
});

test('an empty system prompt is refused', () => {
  expect(thrown(() => invokerWith({ systemPrompt: '' }))).toBe(
    'systemPrompt is empty, got ""; expected some text. Leave systemPrompt out to have none.');
});

const ENTRIES = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value']));

test.each([1, 16])('%d entries of request metadata are taken', (count) => {
  expect(() => invokerWith({ requestMetadata: ENTRIES(count) })).not.toThrow();
});

test.each([0, 17])('%d entries of request metadata are refused', (count) => {
  expect(thrown(() => invokerWith({ requestMetadata: ENTRIES(count) }))).toBe(
    `requestMetadata has ${count} entries, got ${JSON.stringify(Object.keys(ENTRIES(count)))}; expected 1 to 16. `
    + 'Leave some out, or leave requestMetadata out to have none.');
});

test.each([[{ team: '' }], [{ ['k'.repeat(256)]: 'v'.repeat(256) }], [{ 'a b:_@$#=/+,-.': 'A1' }]])('request metadata as in %j is taken', (requestMetadata) => {
  expect(() => invokerWith({ requestMetadata })).not.toThrow();
});

test.each([[{ '': 'value' }], [{ ['k'.repeat(257)]: 'v' }], [{ key: 'v'.repeat(257) }], [{ schlüssel: 'v' }], [{ key: 'a|b' }]])(
  'request metadata as in %j is refused', (requestMetadata) => {
    expect(thrown(() => invokerWith({ requestMetadata: { fine: 'fine', ...requestMetadata as Record<string, string> } }))).toBe(
      `requestMetadata has an entry that the API does not take, got ${JSON.stringify(requestMetadata)}; `
      + 'expected a key of 1 to 256 and a value of at most 256 letters, digits, spaces and : _ @ $ # = / + , . -. Change that entry.');
  });

test('request metadata that is a token is accepted unmeasured', () => {
  expect(() => invokerWith({ requestMetadata: { stack: Fn.ref('AWS::StackId'), any: Token.asString({ Ref: 'AWS::StackName' }) } })).not.toThrow();
});
