import { createInvoker } from '../../../src/handlers/invoke/create-invoker';
import { CONVERSE } from '../../../src/handlers/invoke/dialects/converse-dialect';
import { MESSAGES } from '../../../src/handlers/invoke/dialects/messages-dialect';

const on = (MODEL_ENDPOINT: string) => ({ MODEL_ID: 'anthropic.claude-haiku-4-5', MODEL_ENDPOINT, MODEL_REGION: 'eu-west-1' });

test('a bundle that the endpoint does not serve says so before its first call', () => {
  expect(() => createInvoker(CONVERSE, on('bedrock-mantle'))).toThrow(expect.objectContaining({
    name: 'ConfigurationError',
    message: 'MODEL_ENDPOINT is "bedrock-mantle", which does not serve Converse; use the Messages API there, or call the model through an inference profile.',
  }));
});

test.each([[MESSAGES, 'bedrock-mantle'], [MESSAGES, 'bedrock-runtime'], [CONVERSE, 'bedrock-runtime']])('any other bundle starts: %#', (dialect, endpoint) => {
  expect(createInvoker(dialect, on(endpoint)).parts.config.url.host).toMatch(`${endpoint}.eu-west-1.`);
});
