import type { OptionVariable } from '../../../../src/contract/invoker-options';
import { readConfig } from '../../../../src/handlers/invoke/config/config';

const env = { MODEL_ID: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0', MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-2' };

const withVariable = (variable: Omit<OptionVariable, 'name'>) => JSON.stringify({ variables: [{ ...variable, name: 'INVOKER_OPTION_X' }] });

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

test('a value in a variable of its own is put where it belongs, as the text that it is', () => {
  const variables = [
    { path: ['system'], name: 'INVOKER_OPTION_SYSTEM' },
    { path: ['retry', 'maxAttempts'], name: 'INVOKER_OPTION_RETRY_MAX_ATTEMPTS', type: 'number' },
    { path: ['requestMetadata', '__proto__'], name: 'INVOKER_OPTION_REQUEST_METADATA_1', type: 'any' },
  ];
  const { options } = readConfig({
    ...env,
    INVOKER_OPTIONS: JSON.stringify({ maxTokens: 7, retry: { baseDelayMs: 1 }, variables }),
    INVOKER_OPTION_SYSTEM: 'Say "yes".\n\\',
    INVOKER_OPTION_RETRY_MAX_ATTEMPTS: '3',
    INVOKER_OPTION_REQUEST_METADATA_1: '',
  });
  const { requestMetadata, ...rest } = options;
  expect(rest).toEqual({ maxTokens: 7, retry: { baseDelayMs: 1, maxAttempts: 3 }, system: 'Say "yes".\n\\' });
  expect(Object.entries(requestMetadata!)).toEqual([['__proto__', '']]);
});

test.each<Omit<OptionVariable, 'name'>>([
  { path: ['system'] },
  { path: ['requestMetadata', 'team'], type: 'any' },
  { path: ['maxTokens'], type: 'whole', least: 1 },
])('what the deployment leaves out is left out: %j', (variable) => {
  expect(readConfig({ ...env, INVOKER_OPTIONS: withVariable(variable) }).options).toEqual({});
});

test('a number that must be below another one is free where that is left out', () => {
  const INVOKER_OPTIONS = withVariable({ path: ['thinkingBudgetTokens'], type: 'whole', below: 'MOST' });
  expect(readConfig({ ...env, INVOKER_OPTIONS, INVOKER_OPTION_X: '5' }).options).toEqual({ thinkingBudgetTokens: 5 });
  expect(readConfig({ ...env, INVOKER_OPTIONS, INVOKER_OPTION_X: '5', MOST: '6' }).options).toEqual({ thinkingBudgetTokens: 5 });
});

test('the project and the queues are read from variables of their own, and are none without them', () => {
  expect(readConfig(env)).toMatchObject({ projectId: undefined, reportingQueues: [] });
  expect(readConfig({ ...env, MODEL_PROJECT_ID: 'default' }).projectId).toBeUndefined();
  expect(readConfig({ ...env, MODEL_PROJECT_ID: 'proj_1', SQS_REPORTS_ITEM_FAILURES: 'arn:1 arn:2' })).toMatchObject({ projectId: 'proj_1', reportingQueues: ['arn:1', 'arn:2'] });
});

test.each([
  [{ MODEL_ID: undefined }, 'The environment variable MODEL_ID is not set; HaikuInvoker sets it.'],
  [{ MODEL_REGION: '' }, 'The environment variable MODEL_REGION is not set; HaikuInvoker sets it.'],
  [{ MODEL_ENDPOINT: 'bedrock' }, 'MODEL_ENDPOINT is "bedrock"; expected "bedrock-runtime" or "bedrock-mantle".'],
  [{ MODEL_ENDPOINT: 'bedrock-mantle', INVOKER_OPTIONS: '{"guardrail":{"id":"g","version":"1"},"serviceTier":"flex"}' },
    'INVOKER_OPTIONS sets guardrail, serviceTier, which bedrock-mantle does not take; leave it out, or call the model through an inference profile.'],
  [{ INVOKER_OPTIONS: '{' }, 'INVOKER_OPTIONS is not JSON; HaikuInvoker writes one JSON object there.'],
  [{ INVOKER_OPTIONS: 'null' }, 'INVOKER_OPTIONS is not JSON; HaikuInvoker writes one JSON object there.'],
  [{ INVOKER_OPTIONS: withVariable({ path: ['guardrail', 'id'], needed: true }) },
    'INVOKER_OPTION_X is not set; expected some text. Correct the value that was passed to HaikuInvoker for it.'],
  [{ INVOKER_OPTIONS: withVariable({ path: ['guardrail', 'id'], needed: true }), INVOKER_OPTION_X: '' },
    'INVOKER_OPTION_X is ""; expected some text. Correct the value that was passed to HaikuInvoker for it.'],
  [{ INVOKER_OPTIONS: withVariable({ path: ['system'] }), INVOKER_OPTION_X: ' \n' },
    'INVOKER_OPTION_X is " \\n"; expected some text. Correct the value that was passed to HaikuInvoker for it.'],
  ...['many', ' ', '', '0', '65', '1.5', 'NaN', 'Infinity'].map((text): [Record<string, string>, string] => [
    { INVOKER_OPTIONS: withVariable({ path: ['maxTokens'], type: 'whole', least: 1, most: 64, expected: 'a whole number from 1 to 64' }), INVOKER_OPTION_X: text },
    `INVOKER_OPTION_X is ${JSON.stringify(text)}; expected a whole number from 1 to 64. Correct the value that was passed to HaikuInvoker for it.`,
  ]),
  [{ INVOKER_OPTIONS: withVariable({ path: ['temperature'], type: 'number', expected: 'a number' }), INVOKER_OPTION_X: 'Infinity' },
    'INVOKER_OPTION_X is "Infinity"; expected a number. Correct the value that was passed to HaikuInvoker for it.'],
  [{ INVOKER_OPTIONS: withVariable({ path: ['thinkingBudgetTokens'], type: 'whole', below: 'MOST', expected: 'less than MOST' }), INVOKER_OPTION_X: '5', MOST: '5' },
    'INVOKER_OPTION_X is "5"; expected less than MOST. Correct the value that was passed to HaikuInvoker for it.'],
  [{ MODEL_PROJECT_ID: '' }, 'MODEL_PROJECT_ID is ""; expected the ID of a bedrock-mantle project, such as "proj_abc123".'],
  [{ MODEL_PROJECT_ID: 'a\r\nb' }, 'MODEL_PROJECT_ID is "a\\r\\nb"; expected the ID of a bedrock-mantle project, such as "proj_abc123".'],
])('%j is refused by name', (change, message) => {
  expect(() => readConfig({ ...env, ...change })).toThrow(expect.objectContaining({ name: 'ConfigurationError', message }));
});

test('an API key is refused, and its value is not told', () => {
  expect(() => readConfig({ ...env, AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-c2VjcmV0' })).toThrow(
    /^AWS_BEARER_TOKEN_BEDROCK is set, and the function calls with its role alone, never with an API key; unset it\.$/);
  expect(readConfig({ ...env, AWS_BEARER_TOKEN_BEDROCK: '' }).region).toBe('eu-west-2');
});
