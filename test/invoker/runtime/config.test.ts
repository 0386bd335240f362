import { readConfig } from '../../../src/invoker/runtime/config';

const env = { MODEL_ID: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0', MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-2' };

test('the host is the endpoint of the source Region', () => {
  expect(readConfig(env).url.href).toBe('https://bedrock-runtime.eu-west-2.amazonaws.com/');
  expect(readConfig({ ...env, MODEL_ENDPOINT: 'bedrock-mantle' }).url.href).toBe('https://bedrock-mantle.eu-west-2.api.aws/');
});

test('the override variable of the service wins over the general one, and both can be ignored', () => {
  const overridden = { ...env, AWS_ENDPOINT_URL: 'http://localhost:1', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://localhost:2' };
  expect(readConfig(overridden).url.port).toBe('2');
  expect(readConfig({ ...overridden, MODEL_ENDPOINT: 'bedrock-mantle' }).url.port).toBe('1');
  expect(readConfig({ ...overridden, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }).url.host).toBe('bedrock-runtime.eu-west-2.amazonaws.com');
});

test('options are read from INVOKER_OPTIONS, and are empty without it', () => {
  expect(readConfig(env).options).toEqual({});
  expect(readConfig({ ...env, INVOKER_OPTIONS: '{"maxTokens":7}' }).options).toEqual({ maxTokens: 7 });
});

test.each([
  [{ MODEL_ID: undefined }, 'The environment variable MODEL_ID is not set; HaikuInvoker sets it.'],
  [{ MODEL_REGION: '' }, 'The environment variable MODEL_REGION is not set; HaikuInvoker sets it.'],
  [{ MODEL_ENDPOINT: 'bedrock' }, 'MODEL_ENDPOINT is "bedrock"; expected "bedrock-runtime" or "bedrock-mantle".'],
  [{ MODEL_ENDPOINT: 'bedrock-mantle', INVOKER_OPTIONS: '{"guardrail":{"id":"g","version":"1"},"api":"converse"}' },
    'INVOKER_OPTIONS sets guardrail, api "converse", which bedrock-mantle does not take; leave it out, or call the model through an inference profile.'],
  [{ INVOKER_OPTIONS: '{' }, 'INVOKER_OPTIONS is not JSON; HaikuInvoker writes one JSON object there.'],
])('%j is refused by name', (change, message) => {
  expect(() => readConfig({ ...env, ...change })).toThrow(expect.objectContaining({ name: 'ConfigurationError', message }));
});
