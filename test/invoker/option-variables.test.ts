import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnParameter, Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { functionOf, invokerWith } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps, InRegionInference, InvokerGuardrail, Sampling, ServiceTier } from '../../src';
import type { InvokerOptions } from '../../src/contract/invoker-options';
import { readConfig } from '../../src/handlers/invoke/config/config';
import '../property-seed';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

/** Some text or number of a prop: as a literal, or as what a deployment brings. */
interface Values {
  text(name: string): string;
  number(name: string): number;
}

/** Every prop that takes text or a number from outside. */
function propsOf({ text, number }: Values): HaikuInvokerProps {
  return {
    systemPrompt: text('Prompt'),
    maxTokens: number('MaxTokens'),
    sampling: Sampling.temperature(number('Temperature')),
    guardrail: InvokerGuardrail.fromGuardrailId(text('GuardrailId'), { guardrailVersion: text('GuardrailVersion') }),
    serviceTier: ServiceTier.of(text('Tier')),
    requestMetadata: { team: text('Team'), literal: 'x', stage: `stage ${text('Stage')}` },
    retry: { maxAttempts: number('Attempts'), baseDelay: Duration.millis(number('Delay')), maxDelay: Duration.minutes(1) },
    metricsNamespace: text('Namespace'),
  };
}

/** A template's variables as Lambda gets them: each parameter is replaced as CloudFormation does it, without a look at what stands around. */
function delivered(stack: Stack, parameters: Record<string, string>): Record<string, string> {
  const valueOf = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const { Ref: ref, 'Fn::Join': join } = value as { 'Ref'?: string; 'Fn::Join'?: [string, unknown[]] };
    return join ? join[1].map(valueOf).join(join[0]) : parameters[ref!] ?? ref;
  };
  return Object.fromEntries(Object.entries(functionOf(stack).Environment.Variables).map(([name, value]) => [name, valueOf(value)]));
}

function withParameters(): Stack {
  const stack = stackIn('us-east-1');
  const found = (name: string) => stack.node.tryFindChild(name) as CfnParameter | undefined;
  const parameter = (name: string, type?: string) => found(name) ?? new CfnParameter(stack, name, { type });
  const values: Values = { text: (name) => parameter(name).valueAsString, number: (name) => parameter(name, 'Number').valueAsNumber };
  new HaikuInvoker(stack, 'Invoker', propsOf(values));
  return stack;
}

const NAMES = ['Prompt', 'GuardrailId', 'GuardrailVersion', 'Tier', 'Team', 'Stage', 'Namespace'];
const NUMBER_NAMES = ['MaxTokens', 'Temperature', 'Attempts', 'Delay'];
const NUMBERS = [fc.integer({ min: 1, max: 64_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1 }), fc.nat(60_000)];
const awkward = fc.constantFrom('', '"', '\\', '\n', '\r\n', 'Say "yes".\nThen \\ stop.', '{{resolve:ssm:/x}}', '"}', '\u2028');
const anyText = fc.oneof(fc.string({ unit: 'binary' }), awkward);

test('whatever text and numbers a deployment brings, the handler has them as they are', () => {
  const stack = withParameters();
  const textOf = (name: string) => ['Team', 'Stage'].includes(name) ? anyText : anyText.filter((text) => text.trim() !== '');
  fc.assert(fc.property(fc.tuple(...NAMES.map(textOf)), fc.tuple(...NUMBERS), (texts, numbers) => {
    const given = Object.fromEntries([...NAMES, ...NUMBER_NAMES].map((name, index) => [name, [...texts, ...numbers][index]]));
    const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
    const { limits, ...options } = readConfig(delivered(stack, parameters)).options;
    expect(limits).toMatchObject({ maxOutputTokens: 64_000 });
    expect(options).toEqual<InvokerOptions>({
      system: given.Prompt as string,
      maxTokens: given.MaxTokens as number,
      temperature: given.Temperature as number,
      guardrail: { id: given.GuardrailId as string, version: given.GuardrailVersion as string },
      serviceTier: given.Tier as string,
      requestMetadata: { team: given.Team as string, literal: 'x', stage: `stage ${given.Stage}` },
      retry: { maxAttempts: given.Attempts as number, baseDelayMs: given.Delay as number, maxDelayMs: 60_000 },
      metricsNamespace: given.Namespace as string,
    });
  }), { numRuns: 300 });
});

test('values that are known at synth time and values that are not make the same options', () => {
  const literal: Record<string, string | number> = {
    Prompt: 'Say "yes".\nThen \\ stop.',
    GuardrailId: 'a1',
    GuardrailVersion: '3',
    Tier: 'reserved',
    Team: 'search',
    Stage: 'beta',
    Namespace: 'Mine',
    MaxTokens: 77,
    Temperature: 0.5,
    Attempts: 2,
    Delay: 10,
  };
  const known = Stack.of(invokerWith(propsOf({ text: (name) => literal[name] as string, number: (name) => literal[name] as number })));
  const parameters = Object.fromEntries(Object.entries(literal).map(([name, value]) => [name, String(value)]));
  expect(readConfig(delivered(withParameters(), parameters)).options).toEqual(readConfig(delivered(known, {})).options);
});

test('the JSON is of literals only, whatever the tokens are', () => {
  const { Variables: variables } = functionOf(withParameters()).Environment;
  expect(JSON.parse(variables.INVOKER_OPTIONS as string)).toMatchObject({ requestMetadata: { literal: 'x' }, retry: { maxDelayMs: 60_000 } });
  expect(Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('INVOKER_OPTION_')))).toEqual({
    INVOKER_OPTION_SYSTEM: { Ref: 'Prompt' },
    INVOKER_OPTION_MAX_TOKENS: { Ref: 'MaxTokens' },
    INVOKER_OPTION_TEMPERATURE: { Ref: 'Temperature' },
    INVOKER_OPTION_GUARDRAIL_ID: { Ref: 'GuardrailId' },
    INVOKER_OPTION_GUARDRAIL_VERSION: { Ref: 'GuardrailVersion' },
    INVOKER_OPTION_SERVICE_TIER: { Ref: 'Tier' },
    INVOKER_OPTION_REQUEST_METADATA_1: { Ref: 'Team' },
    INVOKER_OPTION_REQUEST_METADATA_3: { 'Fn::Join': ['', ['stage ', { Ref: 'Stage' }]] },
    INVOKER_OPTION_RETRY_MAX_ATTEMPTS: { Ref: 'Attempts' },
    INVOKER_OPTION_RETRY_BASE_DELAY_MS: { Ref: 'Delay' },
    INVOKER_OPTION_METRICS_NAMESPACE: { Ref: 'Namespace' },
  });
});

test.each<[string, (stack: Stack) => string]>([
  ['a parameter of SSM', (stack) => StringParameter.valueForStringParameter(stack, '/prompt')],
  ['a dynamic reference', (stack) => StringParameter.fromStringParameterName(stack, 'P', '/prompt').stringValue],
  ['a literal dynamic reference', () => 'Be brief. {{resolve:ssm:/prompt:1}}'],
  ['an import', () => Fn.importValue('Prompt')],
  ['something that is lazy', () => Lazy.string({ produce: () => 'Say "yes".' })],
])('a system prompt from %s stands in a variable of its own', (_, prompt) => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { systemPrompt: prompt(stack) });
  const { INVOKER_OPTIONS: json, INVOKER_OPTION_SYSTEM: system } = functionOf(stack).Environment.Variables;
  expect(JSON.parse(json as string)).toMatchObject({ variables: [{ path: ['system'], name: 'INVOKER_OPTION_SYSTEM' }] });
  expect(json).not.toContain('resolve');
  expect(system).toBeDefined();
});

test.each<[string, () => HaikuInvokerProps, string]>([
  ['a key of the metadata', () => ({ requestMetadata: { [Token.asString({ Ref: 'Key' })]: 'x' } }),
    'requestMetadata has a key that is known only at deploy time; expected literal keys, whose values may be known only then. Write the keys into the app.'],
  ['the metadata as a whole', () => ({ requestMetadata: Lazy.any({ produce: () => ({ a: 'b' }) }) as unknown as Record<string, string> }),
    'requestMetadata is not an object, got an unresolved token; expected strings by their keys, such as "search" for "team". Change it, or leave requestMetadata out.'],
  ['a yes or no', () => ({ logContent: Lazy.any({ produce: () => true }) as unknown as boolean }),
    'logContent is not a boolean, got an unresolved token; expected true or false. Change it, or leave logContent out.'],
])('%s must be a literal', (_, props, message) => {
  expect(thrown(() => invokerWith(props()))).toBe(message);
});

/** How a prop is refused as a literal, and as what a deployment brings. */
const BAD: [string, (value: number) => HaikuInvokerProps, string, number[], number[]][] = [
  ['maxTokens', (maxTokens) => ({ maxTokens }), 'MAX_TOKENS', [0, -1, 1.5, 64_001], [1, 64_000]],
  ['maxTokens above a budget', (maxTokens) => ({ maxTokens, thinkingBudgetTokens: 2048 }), 'MAX_TOKENS', [2048, 21_334], [2049, 21_333]],
  ['maxTokens that stream', (maxTokens) => ({ maxTokens, thinkingBudgetTokens: 2048, responseStreaming: true }), 'MAX_TOKENS', [2048, 64_001], [2049, 64_000]],
  ['thinkingBudgetTokens', (thinkingBudgetTokens) => ({ thinkingBudgetTokens, maxTokens: 5000 }), 'THINKING_BUDGET_TOKENS', [1023, 5000, 1024.5], [1024, 4999]],
  ['thinkingBudgetTokens without maxTokens', (thinkingBudgetTokens) => ({ thinkingBudgetTokens }), 'THINKING_BUDGET_TOKENS', [4096], [4095]],
  ['temperature', (value) => ({ sampling: Sampling.temperature(value) }), 'TEMPERATURE', [-0.1, 1.1], [0, 0.5, 1]],
  ['topP', (value) => ({ sampling: Sampling.topP(value) }), 'TOP_P', [-0.1, 1.1], [0, 0.5, 1]],
  ['retry.maxAttempts', (maxAttempts) => ({ retry: { maxAttempts } }), 'RETRY_MAX_ATTEMPTS', [0, -1, 1.5], [1, 9]],
  ['retry.baseDelay', (ms) => ({ retry: { baseDelay: Duration.millis(ms) } }), 'RETRY_BASE_DELAY_MS', [20_001], [0, 20_000]],
  ['retry.baseDelay beside maxDelay', (ms) => ({ retry: { baseDelay: Duration.millis(ms), maxDelay: Duration.seconds(1) } }), 'RETRY_BASE_DELAY_MS', [1001], [1000]],
  ['retry.maxDelay', (ms) => ({ retry: { maxDelay: Duration.millis(ms) } }), 'RETRY_MAX_DELAY_MS', [249], [250]],
  ['retry.attemptTimeout', (ms) => ({ retry: { attemptTimeout: Duration.millis(ms) } }), 'RETRY_ATTEMPT_TIMEOUT_MS', [0, 999, 300_001], [1000, 300_000]],
];

test.each(BAD)('a number is refused at start as it is at synthesis: %s', (_, props, name, refused, taken) => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', props(new CfnParameter(stack, 'Value', { type: 'Number' }).valueAsNumber));
  const started = (value: number) => () => readConfig(delivered(stack, { Value: String(value) }));
  for (const value of refused) {
    expect(thrown(() => invokerWith(props(value)))).not.toBe('');
    expect(started(value)).toThrow(expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(`INVOKER_OPTION_${name} is "${value}"`) as unknown }));
  }
  for (const value of taken) {
    expect(() => invokerWith(props(value))).not.toThrow();
    expect(started(value)).not.toThrow();
  }
});

test('a thinking budget and output tokens that are both known only at deploy time must fit each other', () => {
  const stack = stackIn('us-east-1');
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  new HaikuInvoker(stack, 'Invoker', { maxTokens: number('Most'), thinkingBudgetTokens: number('Budget') });
  expect(readConfig(delivered(stack, { Most: '2049', Budget: '2048' })).options).toMatchObject({ maxTokens: 2049, thinkingBudgetTokens: 2048 });
  expect(() => readConfig(delivered(stack, { Most: '2048', Budget: '2048' }))).toThrow(
    'INVOKER_OPTION_THINKING_BUDGET_TOKENS is "2048"; expected a whole number of at least 1024, less than INVOKER_OPTION_MAX_TOKENS. '
    + 'Correct the value that was passed to HaikuInvoker for it.');
});

test.each<[string, HaikuInvokerProps, string]>([
  ['an ID', { guardrail: InvokerGuardrail.fromGuardrailId(Fn.ref('Value'), { guardrailVersion: '1' }) }, 'GUARDRAIL_ID'],
  ['an ARN', { guardrail: InvokerGuardrail.fromGuardrailArn(Fn.ref('Value'), { guardrailVersion: '1' }) }, 'GUARDRAIL_ID'],
  ['a version', { guardrail: InvokerGuardrail.fromGuardrailId('a1', { guardrailVersion: Fn.ref('Value') }) }, 'GUARDRAIL_VERSION'],
  ['a tier', { serviceTier: ServiceTier.of(Fn.ref('Value')) }, 'SERVICE_TIER'],
  ['a namespace', { metricsNamespace: Fn.ref('Value') }, 'METRICS_NAMESPACE'],
  ['a system prompt', { systemPrompt: Fn.ref('Value') }, 'SYSTEM'],
])('%s that is blank at deploy time is refused when the function starts', (_, props, name) => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', props);
  for (const value of ['', ' ', '\n']) {
    expect(() => readConfig(delivered(stack, { Value: value }))).toThrow(
      `INVOKER_OPTION_${name} is ${JSON.stringify(value)}; expected some text. Correct the value that was passed to HaikuInvoker for it.`);
  }
});

test('what a deployment leaves out is left out, but for the guardrail and the project', () => {
  const stack = withParameters();
  const left = delivered(stack, Object.fromEntries([...NAMES, ...NUMBER_NAMES].map((name) => [name, '1'])));
  const { INVOKER_OPTION_GUARDRAIL_ID: id, INVOKER_OPTION_GUARDRAIL_VERSION: version, ...rest } = left;
  const without = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('INVOKER_OPTION_')));
  const guarded = { ...without, INVOKER_OPTION_GUARDRAIL_ID: id, INVOKER_OPTION_GUARDRAIL_VERSION: version };
  const { limits, ...options } = readConfig(guarded).options;
  expect(limits).toBeDefined();
  expect(options).toEqual({ guardrail: { id: '1', version: '1' }, requestMetadata: { literal: 'x' }, retry: { maxDelayMs: 60_000 } });
  for (const name of ['INVOKER_OPTION_GUARDRAIL_ID', 'INVOKER_OPTION_GUARDRAIL_VERSION']) {
    expect(() => readConfig({ ...guarded, [name]: undefined })).toThrow(`${name} is not set; expected some text. Correct the value that was passed to HaikuInvoker for it.`);
  }
});

test('a project that a deployment leaves out is not the default one', () => {
  const stack = stackIn('eu-west-1');
  new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Target', { projectId: Fn.ref('Project') }) });
  const variables = delivered(stack, { Project: 'proj_1' });
  expect(readConfig(variables).projectId).toBe('proj_1');
  expect(() => readConfig({ ...variables, MODEL_PROJECT_ID: undefined })).toThrow(
    'MODEL_PROJECT_ID is not set; expected some text. Correct the value that was passed to HaikuInvoker for it.');
});
