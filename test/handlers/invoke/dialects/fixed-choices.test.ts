import * as fc from 'fast-check';
import type { InvokerOptions } from '../../../../src/contract/invoker-options';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import { refuseOtherModel } from '../../../../src/handlers/invoke/dialects/fixed-choices';
import { MESSAGES } from '../../../../src/handlers/invoke/dialects/messages-dialect';
import { MODEL_ID, REGION } from '../../../invoker/test-invoker';
import '../../../property-seed';

const ARN = 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/abc123def456';
const BARE = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const OWN = [BARE, 'anthropic.claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5'];

function ask(given: unknown, modelId = MODEL_ID, options: InvokerOptions = {}): void {
  const env = { MODEL_ID: modelId, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-2', INVOKER_OPTIONS: JSON.stringify(options) };
  refuseOtherModel('model', given, readConfig(env));
}
const refusal = (name: string) => `The event asks for another model; this invoker calls "${name}". Leave "model" out, or deploy a HaikuInvoker for the other model.`;

test.each([
  ...['eu', 'us', 'au', 'jp', 'in', 'global'].map((prefix): [string, string[]] => [`${prefix}.${BARE}`, OWN]),
  [BARE, OWN],
  ['anthropic.claude-haiku-4-5', ['anthropic.claude-haiku-4-5', 'claude-haiku-4-5']],
  ['eu.anthropic.claude-haiku-5-20270101-v2:1', ['anthropic.claude-haiku-5-20270101-v2:1', 'claude-haiku-5-20270101', 'claude-haiku-5', 'anthropic.claude-haiku-5']],
  ['eu.amazon.nova-lite-v1:0', []],
])('%s is called by its own names', (modelId, names) => {
  for (const name of [undefined, modelId, ...names]) expect(() => ask(name, modelId)).not.toThrow();
  for (const name of ['claude-opus-4-5', `xx.${BARE}`, '', null, 42, {}, [modelId]]) expect(() => ask(name, modelId)).toThrow(refusal(modelId));
});

test.each(OWN)('an application profile is called %s too, once the construct has said what it copies', (name) => {
  expect(() => ask(name, ARN, { modelName: BARE })).not.toThrow();
  expect(() => ask(ARN, ARN, { modelName: BARE })).not.toThrow();
  expect(() => ask(name, ARN)).toThrow(refusal(ARN));
  expect(() => ask('other', ARN, { modelName: BARE })).toThrow(refusal(BARE));
});

test.each(['us', 'global'])('a profile of the geography %s is another one', (prefix) => {
  expect(() => ask(`${prefix}.${BARE}`)).toThrow(refusal(MODEL_ID));
});

test.each(['eu', 'global'])('the ARN of the invoker\'s own %s profile is a name of it, whatever its account', (prefix) => {
  const id = `${prefix}.${BARE}`;
  for (const account of ['111122223333', '444455556666']) expect(() => ask(`arn:aws:bedrock:eu-west-2:${account}:inference-profile/${id}`, id)).not.toThrow();
});

test.each([
  ['of another Region', `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/${MODEL_ID}`],
  ['of another geography', `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/us.${BARE}`],
  ['with another name of the model', 'arn:aws:bedrock:eu-west-2:111122223333:inference-profile/claude-haiku-4-5'],
  ['of an application profile', `arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/${MODEL_ID}`],
  ['of another service', `arn:aws:sagemaker:eu-west-2:111122223333:inference-profile/${MODEL_ID}`],
  ['without an account', `arn:aws:bedrock:eu-west-2::inference-profile/${MODEL_ID}`],
  ['with text around it', `use arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${MODEL_ID}\n`],
  ['in a list', [`arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${MODEL_ID}`]],
])('an ARN %s is refused', (_, arn) => {
  expect(() => ask(arn)).toThrow(refusal(MODEL_ID));
});

test('a refusal never repeats what the event says, which may be a prompt', () => {
  fc.assert(fc.property(fc.string({ minLength: 12 }), fc.constantFrom('', 'claude-haiku-4-5 '), (text, before) => {
    fc.pre(!refusal(MODEL_ID).includes(text));
    expect(() => ask(before + text)).toThrow(expect.objectContaining({ name: 'InvalidRequestError', message: refusal(MODEL_ID) }));
  }));
});

const guardrail = { id: 'g1', version: '1' };
const config = (options: object) => readConfig({ MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify(options) });
const text = [{ text: 'Hello' }];
const guarded = [{ guardContent: { text: { text: 'Hello' } } }];
const BLOCKS = 'The event has "guardContent" blocks, which take everything else from the guardrail that this invoker applies. Send their text as "text" blocks.';
const TAGS = (where: string) => `The ${where} sets "amazon-bedrock-guardrailConfig", which can take parts of the prompt from the guardrail that this invoker applies. Leave it out.`;

// https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tagging.html and guardrails-use-converse-api.html
test.each([
  [MESSAGES, { 'prompt': 'Hello', 'amazon-bedrock-guardrailConfig': { tagSuffix: 'xyz' } }, TAGS('event')],
  [MESSAGES, { 'prompt': 'Hello', 'amazon-bedrock-guardrailConfig': { streamProcessingMode: 'ASYNCHRONOUS' } }, TAGS('event')],
  [CONVERSE, { messages: [{ role: 'user', content: [...text, ...guarded] }] }, BLOCKS],
  [CONVERSE, { messages: [{ role: 'user', content: guarded }, { role: 'assistant', content: text }, { role: 'user', content: text }] }, BLOCKS],
  [CONVERSE, { messages: [{ role: 'user', content: text }], system: guarded }, BLOCKS],
  [CONVERSE, { prompt: 'Hello', additionalModelRequestFields: { 'amazon-bedrock-guardrailConfig': { tagSuffix: 'xyz' } } }, TAGS('event\'s "additionalModelRequestFields"')],
])('what takes parts of a prompt from the guardrail is refused where there is one: %#', (dialect, event, message) => {
  expect(() => dialect.prepare(event, config({ guardrail }), false)).toThrow(expect.objectContaining({ name: 'InvalidRequestError', status: 400, message }));
  expect(() => dialect.prepare(event, config({}), false)).not.toThrow();
});
