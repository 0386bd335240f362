import { CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { functionOf, invokerWith, roleStatements } from './stack-with-invoker';
import {
  ApplicationInferenceProfile, CacheTtl, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, IInvocableModel, InferenceRouting,
  InRegionInference, InvokerApi, InvokerGuardrail, PromptCaching, Sampling, ServiceTier,
} from '../../src';
import { DEFAULT_METRICS_NAMESPACE } from '../../src/contract/invoker-metrics';
import type { Environment } from '../../src/contract/invoker-variables';
import { readConfig } from '../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import type { ModelRequest } from '../../src/handlers/invoke/http/transport';
import { metricValues } from '../../src/handlers/invoke/log/call-metrics';
import { CallRecord } from '../../src/handlers/invoke/log/call-record';
import { deployed, templateOf } from '../kit/deployed';
import { stackIn } from '../kit/stack';

/** The call that the handler makes for an event, with the environment that the construct wrote. */
function callOf(dialect: Dialect, props: HaikuInvokerProps, event: unknown): ModelRequest & { readonly json: unknown } {
  const config = readConfig(functionOf(Stack.of(invokerWith(props, 'eu-west-2'))).Environment.Variables as Environment);
  const request = dialect.request(dialect.prepare(event, config, false).body, config, false);
  return { ...request, json: JSON.parse(request.body.toString()) };
}

const PROPS: HaikuInvokerProps = {
  systemPrompt: 'Be brief.',
  maxTokens: 100,
  promptCaching: PromptCaching.systemPrompt(CacheTtl.ONE_HOUR),
  guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3' }),
  serviceTier: ServiceTier.RESERVED,
  requestMetadata: { team: 'search' },
  retry: { maxAttempts: 2, attemptTimeout: Duration.seconds(30) },
};

test('the handler calls InvokeModel as the construct was told', () => {
  const { path, headers, json } = callOf(MESSAGES, { ...PROPS, sampling: Sampling.temperature(0) }, { prompt: 'Hello' });
  expect(path).toBe('/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke');
  expect(headers).toMatchObject({
    'x-amzn-bedrock-guardrailidentifier': 'a1b2',
    'x-amzn-bedrock-guardrailversion': '3',
    'x-amzn-bedrock-service-tier': 'reserved',
    'x-amzn-bedrock-request-metadata': '{"team":"search"}',
  });
  expect(json).toEqual({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 100,
    temperature: 0,
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
    messages: [{ role: 'user', content: 'Hello' }],
  });
});

test('the handler calls Converse as the construct was told', () => {
  const { path, json } = callOf(CONVERSE, { ...PROPS, api: InvokerApi.CONVERSE }, { prompt: 'Hello' });
  expect(path).toBe('/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse');
  expect(json).toEqual({
    system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
    messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
    inferenceConfig: { maxTokens: 100 },
    guardrailConfig: { guardrailIdentifier: 'a1b2', guardrailVersion: '3' },
    serviceTier: { type: 'reserved' },
    requestMetadata: { team: 'search' },
  });
});

test('the handler thinks as the construct was told', () => {
  const { json } = callOf(MESSAGES, { thinkingBudgetTokens: 2048 }, { prompt: 'Hello' });
  expect(json).toMatchObject({ max_tokens: 4096, thinking: { type: 'enabled', budget_tokens: 2048 } });
});

test('the handler refuses what the card refuses', () => {
  expect(() => callOf(MESSAGES, {}, { prompt: 'Hello', max_tokens: 64_001 })).toThrow('the model writes at most 64000 tokens');
  const thinking = { type: 'enabled', budget_tokens: 1024 };
  expect(() => callOf(MESSAGES, {}, { prompt: 'Hello', thinking, max_tokens: 21_334 })).toThrow('with thinking, an answer above 21333 must be streamed');
  expect(() => callOf(MESSAGES, {}, { prompt: 'Hello', temperature: 0, top_p: 0.5 })).toThrow('the model takes one of them');
});

test('the construct has a metric for each one that the handler writes, in the same namespace', () => {
  const invoker = invokerWith();
  const metrics = [
    invoker.metricInvocations(), invoker.metricLatency(), invoker.metricTimeToFirstToken(), invoker.metricInputTokens(),
    invoker.metricOutputTokens(), invoker.metricMaxTokens(),
    invoker.metricCacheReadTokens(), invoker.metricCacheWriteTokens(), invoker.metricRetries(),
    invoker.metricThrottles(), invoker.metricClientErrors(), invoker.metricServerErrors(), invoker.metricToolCalls(),
    invoker.metricToolFailures(), invoker.metricRefusals(), invoker.metricGuardrailInterventions(),
  ];
  const written = metricValues(new CallRecord({ source: 'direct', deadline: 1 }, 0));
  expect(metrics.map(({ metricName }) => metricName)).toEqual(Object.keys(written));
  expect(new Set(metrics.map(({ namespace }) => namespace))).toEqual(new Set([DEFAULT_METRICS_NAMESPACE]));
});

test('both kinds of errors are written with every call, so that their sum is never missing', () => {
  expect(metricValues(new CallRecord({ source: 'direct', deadline: 1 }, 0))).toMatchObject({ ClientErrors: 0, ServerErrors: 0 });
});

/** What a target's grant lets a caller name, and what the handler's request does name, in a deployment of the stack. */
function grantedAndNamed(region: string | undefined, target: (stack: Stack) => IInvocableModel) {
  const stack = stackIn(region);
  new HaikuInvoker(stack, 'Invoker', { target: target(stack) });
  const template = templateOf(stack);
  const inside = (value: unknown) => deployed(template, value, { region: region ?? 'eu-west-1' });
  const config = readConfig(inside(functionOf(stack).Environment.Variables) as Environment);
  const { path, headers, body } = MESSAGES.request(MESSAGES.prepare({ prompt: 'Hello' }, config, false).body, config, false);
  const statements = inside(roleStatements(stack)) as { Action: string | string[]; Resource: string | string[]; Condition?: unknown }[];
  const grants = statements.filter(({ Action }) => [Action].flat().some((action) => /:(InvokeModel|CreateInference)$/.test(action)));
  return { host: config.url.host, path: decodeURIComponent(path), headers, model: (JSON.parse(body) as { model?: string }).model, grants };
}

const profile = (stack: Stack) => new CrossRegionInferenceProfile(stack, 'Profile');
const TARGETS: [string, (stack: Stack) => IInvocableModel][] = [
  ['a geography', profile],
  ['everywhere', (stack) => new CrossRegionInferenceProfile(stack, 'Profile', { routing: InferenceRouting.globalCrossRegion() })],
  ['an application profile', (stack) => new ApplicationInferenceProfile(stack, 'Team', { copyFrom: profile(stack) })],
];

test.each(TARGETS.flatMap(([name, target]) => ['eu-west-1', undefined].map((region) => [name, region, target] as const)))(
  'what the grant of %s names in %s, the request names', (_, region, target) => {
    const { host, path, grants } = grantedAndNamed(region, target);
    expect(host).toBe('bedrock-runtime.eu-west-1.amazonaws.com');
    const named = /^\/model\/(.*)\/invoke$/.exec(path)![1];
    expect(grants.flatMap(({ Resource }) => Resource).some((arn) => arn === named || arn.endsWith(`:inference-profile/${named}`))).toBe(true);
  });

test.each([
  ['eu-west-1', undefined, undefined], ['eu-west-1', 'default', undefined], ['eu-west-1', 'proj_1', 'proj_1'], [undefined, 'proj_1', 'proj_1'], [undefined, undefined, undefined],
])('in %s the request names the project %s that the grant names, unless it is the default one', (region, projectId, header) => {
  const { host, headers, model, grants } = grantedAndNamed(region, (stack) => new InRegionInference(stack, 'Target', { projectId }));
  expect(host).toBe('bedrock-mantle.eu-west-1.api.aws');
  expect(headers['anthropic-workspace']).toBe(header);
  expect(grants).toEqual([expect.objectContaining({
    Resource: `arn:aws:bedrock-mantle:eu-west-1:111122223333:project/${header ?? 'default'}`,
    Condition: { StringEquals: { 'bedrock-mantle:Model': model } },
  })]);
});

test('a project that is known only at deploy time is named by what it then is', () => {
  const stack = stackIn('eu-west-1');
  new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Target', { projectId: new CfnParameter(stack, 'Project').valueAsString }) });
  const { Variables: variables } = functionOf(stack).Environment;
  expect(variables.MODEL_PROJECT_ID).toEqual({ Ref: 'Project' });
  const headersFor = (id: string) => {
    const config = readConfig({ ...variables, MODEL_PROJECT_ID: id } as Environment);
    return MESSAGES.request({}, config, true).headers;
  };
  expect(headersFor('proj_1')).toMatchObject({ 'anthropic-workspace': 'proj_1' });
  expect(headersFor('default')).not.toHaveProperty('anthropic-workspace');
});
