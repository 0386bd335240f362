import { readConfig } from '../../../../src/handlers/invoke/config';
import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import { MESSAGES } from '../../../../src/handlers/invoke/dialects/messages-dialect';
import { MODEL_ID, REGION } from '../../../invoker/test-invoker';

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
