import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { functionOf, invokerWith, optionsOf } from './stack-with-invoker';
import { CrossRegionInferenceProfile, HaikuInvoker, ModelCard } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

/** The bytes of the environment as Lambda measures it. */
function measured(systemPrompt: string): number {
  return Buffer.byteLength(JSON.stringify(functionOf(Stack.of(invokerWith({ systemPrompt }))).Environment.Variables));
}

const ROOM = 4096 - measured('x') + 1;

test('a system prompt that just fits is taken', () => {
  expect(measured('x'.repeat(ROOM))).toBe(4096);
});

test('a system prompt that does not fit is refused', () => {
  expect(thrown(() => invokerWith({ systemPrompt: 'x'.repeat(ROOM + 1) }))).toBe(
    `Environment variables are too long for Lambda, got 4097 bytes, ${ROOM + 3} of them systemPrompt; expected at most 4096, as one JSON object. `
    + 'Write the prompt into a file, and pass SystemPromptSource.fromAsset(...) as systemPromptSource in place of systemPrompt.');
});

test('bytes count, not characters, and so does what JSON escapes', () => {
  expect(() => invokerWith({ systemPrompt: 'é'.repeat(Math.floor(ROOM / 2)) })).not.toThrow();
  expect(() => invokerWith({ systemPrompt: 'é'.repeat(Math.floor(ROOM / 2) + 1) })).toThrow('Environment variables are too long for Lambda');
  expect(() => invokerWith({ systemPrompt: '"'.repeat(1500) })).toThrow('Environment variables are too long for Lambda');
});

test('request metadata that does not fit is named', () => {
  const requestMetadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key${index}`, 'v'.repeat(256)]));
  expect(thrown(() => invokerWith({ requestMetadata, systemPrompt: 'Short.' }))).toMatch(
    /^Environment variables are too long for Lambda, got \d+ bytes, \d+ of them requestMetadata; expected at most 4096, as one JSON object\. Shorten requestMetadata\.$/);
});

test('a token is not counted', () => {
  const stack = stackIn('us-east-1');
  const prompt = new CfnParameter(stack, 'Prompt').valueAsString;
  new HaikuInvoker(stack, 'Invoker', { systemPrompt: `${'x'.repeat(ROOM - 200)}${prompt}`, maxTokens: 1024 });
  expect(functionOf(stack).Environment.Variables.INVOKER_OPTION_SYSTEM).toEqual({ 'Fn::Join': ['', ['x'.repeat(ROOM - 200), { Ref: 'Prompt' }]] });
});

test('a token does not hide what is too long beside it', () => {
  const stack = stackIn('us-east-1');
  const prompt = new CfnParameter(stack, 'Prompt').valueAsString;
  expect(thrown(() => new HaikuInvoker(stack, 'Invoker', { systemPrompt: `${'x'.repeat(ROOM + 1)}${prompt}` }))).toMatch(new RegExp(
    `^Environment variables are too long for Lambda, got 4\\d{3} bytes, ${ROOM + 3} of them systemPrompt; expected at most 4096, as one JSON object\\. `));
});

test('quotation marks and line breaks of a system prompt survive', () => {
  const systemPrompt = 'Say "yes".\nThen \\ stop.';
  expect(optionsOf(Stack.of(invokerWith({ systemPrompt })))).toMatchObject({ system: systemPrompt });
});

test('there are no options where there is nothing to say', () => {
  const stack = stackIn('us-east-1');
  const { geoRoutes, modelId, sourceUrl, asOf } = ModelCard.CLAUDE_HAIKU_4_5;
  const target = new CrossRegionInferenceProfile(stack, 'Target', { model: ModelCard.of({ name: 'Next', modelId, sourceUrl, asOf, geoRoutes }) });
  new HaikuInvoker(stack, 'Invoker', { target });
  expect(functionOf(stack).Environment.Variables).toEqual({
    MODEL_ID: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    MODEL_ENDPOINT: 'bedrock-runtime',
    MODEL_REGION: 'us-east-1',
  });
});

test('an API key for the function is refused at synth, without its value', () => {
  const invoker = invokerWith();
  invoker.lambdaFunction.addEnvironment('AWS_BEARER_TOKEN_BEDROCK', 'bedrock-api-key-c2VjcmV0');
  const message = thrown(() => functionOf(Stack.of(invoker)));
  expect(message).toContain(`AWS_BEARER_TOKEN_BEDROCK is set for the function ${invoker.lambdaFunction.node.path}, which calls with its role alone, never with an API key. `
    + 'Leave it out: the template would show the key to everyone who may read it, and its calls would be those of another principal.');
  expect(message).not.toContain('c2VjcmV0');
});
