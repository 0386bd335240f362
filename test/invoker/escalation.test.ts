import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { functionOf, invokerWith, optionsOf } from './stack-with-invoker';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, Escalation, EscalationOptions, EscalationTrigger, HaikuInvoker, HaikuInvokerProps,
  InferenceRouting, InRegionInference, InvokerGuardrail, ModelCard, PromptCaching, ServiceTier,
} from '../../src';
import { planOf } from '../../src/invoker/escalation-plan';
import { INVOKE_ACTIONS, modelArn } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT, CITED, stackIn } from '../kit/stack';
import { everywhere, failures, thrown } from '../kit/three-ways';

const WHEN = [EscalationTrigger.maxTokens()];
const HAIKU_5 = ModelCard.CLAUDE_HAIKU_5_5;
const SONNET = ModelCard.CLAUDE_SONNET_4_6;
const OPUS = ModelCard.CLAUDE_OPUS_5;
const SCHEMA = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] };

/** An invoker with a ladder to Sonnet 4.6, or to what else is named. */
function laddered(
  stack: Stack, options: Partial<EscalationOptions> = {}, props: HaikuInvokerProps = {}, model = SONNET, routing?: InferenceRouting): HaikuInvoker {
  const target = new CrossRegionInferenceProfile(stack, 'Stronger', { model, routing });
  return new HaikuInvoker(stack, 'Invoker', { escalation: Escalation.to(target, { when: WHEN, ...options }), ...props });
}

test('the handler is told the models in its options, and the rest in a file beside it', () => {
  const stack = stackIn('eu-west-1');
  const opus = new CrossRegionInferenceProfile(stack, 'Opus', { model: OPUS });
  const next = Escalation.to(opus, { when: [EscalationTrigger.selfJudged('Is it polite?')], leastTime: Duration.seconds(30) });
  const invoker = laddered(stack, { when: [EscalationTrigger.schemaViolation(SCHEMA), EscalationTrigger.confidenceBelow('total', 1)], next, maxCost: 0.5, maxTokens: 8000 });
  expect(optionsOf(stack).escalation).toEqual({
    rungs: {
      2: { modelId: 'eu.anthropic.claude-sonnet-4-6', endpoint: 'bedrock-runtime', region: 'eu-west-1' },
      3: { modelId: 'eu.anthropic.claude-opus-5', endpoint: 'bedrock-runtime', region: 'eu-west-1' },
    },
  });
  expect(planOf(invoker.target, Escalation.to(stack.node.findChild('Stronger') as CrossRegionInferenceProfile, {
    when: [EscalationTrigger.schemaViolation(SCHEMA), EscalationTrigger.confidenceBelow('total', 1)], next, maxCost: 0.5, maxTokens: 8000,
  }))).toEqual({
    rates: { input: 1.1, output: 5.5, cacheRead: 0.11, cacheWrite: 1.375, cacheWriteOneHour: 2.2 },
    maxCost: 0.5,
    rungsOfEvents: undefined,
    rungs: [
      {
        when: { schemaViolation: SCHEMA, confidenceBelow: { field: 'total', bound: 1 } },
        leastMs: 10_000,
        maxTokens: 8000,
        rules: expect.objectContaining({ thinking: ['adaptive', 'enabled', 'disabled'], maxOutputTokens: 64_000 }),
        rates: { input: 3.3, output: 16.5, cacheRead: 0.33, cacheWrite: 4.125, cacheWriteOneHour: 6.6 },
      },
      {
        when: { judged: { rubric: 'Is it polite?' } },
        leastMs: 30_000,
        maxTokens: undefined,
        rules: expect.objectContaining({ sampling: [], thinking: ['adaptive', 'disabled'], effortWithoutThinking: 'high', structuredOutputs: false }),
        rates: { input: 5.5, output: 27.5, cacheRead: 0.55, cacheWrite: 6.875, cacheWriteOneHour: 11 },
      },
    ],
  });
});

test('what is known only at deploy time has variables of its own, which the handler needs', () => {
  const stack = stackIn();
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Sonnet', { model: SONNET });
  const target = new ApplicationInferenceProfile(stack, 'Team', { copyFrom });
  new HaikuInvoker(stack, 'Invoker', { escalation: Escalation.to(target, { when: WHEN }) });
  const { Variables: variables } = functionOf(stack).Environment;
  expect(variables.INVOKER_OPTION_ESCALATION_RUNGS_2_MODEL_ID).toEqual({ 'Fn::GetAtt': ['Team8E98563C', 'InferenceProfileArn'] });
  expect(variables.INVOKER_OPTION_ESCALATION_RUNGS_2_REGION).toEqual({ Ref: 'AWS::Region' });
  const { escalation, variables: rules } = JSON.parse(variables.INVOKER_OPTIONS as string);
  expect(escalation).toEqual({ rungs: { 2: { endpoint: 'bedrock-runtime', modelName: 'anthropic.claude-sonnet-4-6' } } });
  expect(rules).toContainEqual({ path: ['escalation', 'rungs', '2', 'modelId'], name: 'INVOKER_OPTION_ESCALATION_RUNGS_2_MODEL_ID', needed: true });
});

test('the role may call each rung as its own profile routes it, ask for the verdict, and nothing else of Bedrock', () => {
  const stack = stackIn('eu-west-1');
  const decider = LambdaFunction.fromFunctionArn(stack, 'Decider', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:decider`);
  laddered(stack, { when: [EscalationTrigger.verdict(decider)] });
  const policies = rolePolicies(stack, 'InvokerRoleB87900DB', { region: 'eu-west-1', attributes: { 'InvokerLogGroupFD5C40FD.Arn': 'arn:aws:logs:eu-west-1:111122223333:log-group:x:*' } });
  const simulator = new PolicySimulator(...policies);
  const profile = (id: string) => `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/${id}`;
  const models = ['anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-sonnet-4-6'];
  const allowed = (action: string, resource: string, context = {}) => simulator.allows({ action, resource, context: { 'aws:RequestedRegion': 'eu-west-1', ...context } });
  for (const action of INVOKE_ACTIONS) {
    for (const model of models) {
      const through = { 'bedrock:InferenceProfileArn': profile(`eu.${model}`) };
      expect(allowed(action, profile(`eu.${model}`))).toBe(true);
      expect(allowed(action, modelArn('eu-central-1', model), through)).toBe(true);
      // Not by itself, not through the other's profile, not elsewhere.
      expect(allowed(action, modelArn('eu-central-1', model))).toBe(false);
      expect(allowed(action, modelArn('eu-central-1', model), { 'bedrock:InferenceProfileArn': profile(`eu.${models.find((other) => other !== model)}`) })).toBe(false);
      expect(allowed(action, modelArn('us-east-1', model), through)).toBe(false);
      expect(allowed(action, profile(`global.${model}`))).toBe(false);
    }
    expect(allowed(action, profile('eu.anthropic.claude-opus-5'))).toBe(false);
  }
  expect(allowed('lambda:InvokeFunction', decider.functionArn)).toBe(true);
  expect(allowed('lambda:InvokeFunction', `${decider.functionArn}-other`)).toBe(false);
});

test.each<[string, (stack: Stack) => unknown, string]>([
  ['any Region', (stack) => laddered(stack, {}, {}, SONNET, InferenceRouting.globalCrossRegion()), 'any Region'],
  ['another geography', (stack) => {
    const target = new CrossRegionInferenceProfile(stack, 'Stronger', { model: SONNET, sourceRegion: 'us-east-1' });
    return new HaikuInvoker(stack, 'Invoker', { escalation: Escalation.to(target, { when: WHEN }) });
  }, '"us-east-1", "us-east-2", "us-west-2"'],
])('a rung that may run in %s fails synthesis', (_, define, places) => {
  expect(failures(define as never, { account: ACCOUNT, region: 'eu-west-1' })).toEqual(everywhere(
    `escalation leaves the Regions of the first model, got Claude Sonnet 4.6, which from "eu-west-1" may run in ${places}; `
    + 'expected "eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3" only, where Claude Haiku 4.5 may run. '
    + 'Choose a target in the same geography, or set allowOtherDestinations to true if prompts may go there.'));
});

test.each(['eu-west-1', undefined])('in %s it does not where it is allowed out loud, or the first model runs anywhere itself', (region) => {
  const anywhere = InferenceRouting.globalCrossRegion();
  expect(() => laddered(stackIn(region), { allowOtherDestinations: true }, {}, SONNET, anywhere)).not.toThrow();
  const stack = stackIn(region);
  const target = new CrossRegionInferenceProfile(stack, 'Everywhere', { routing: anywhere });
  expect(() => laddered(stack, {}, { target }, SONNET, anywhere)).not.toThrow();
});

test('in a stack of any Region every Region is looked at, also for a first model in one Region', () => {
  expect(thrown(() => laddered(stackIn(), {}, {}, SONNET, InferenceRouting.globalCrossRegion()))).toMatch(/^escalation leaves the Regions of the first model, got Claude Sonnet 4.6, which from ".*" may run in any Region;/);
  const stack = stackIn('eu-west-1');
  expect(thrown(() => laddered(stack, {}, { target: new InRegionInference(stack, 'First') }))).toContain('expected "eu-west-1" only, where Claude Haiku 4.5 may run.');
});

test.each<[string, (stack: Stack) => unknown, string]>([
  ['a ladder that ends in itself', (stack) => laddered(stack, {}, {}, ModelCard.CLAUDE_HAIKU_4_5),
    'escalation ends in itself, got Claude Haiku 4.5 twice; expected another model, since the same one was asked before. Choose a stronger one, or leave the rung out.'],
  ['a model that is asked again', (stack) => laddered(stack, { allowOtherDestinations: true }, {}, ModelCard.CLAUDE_HAIKU_4_5, InferenceRouting.globalCrossRegion()),
    'escalation asks Claude Haiku 4.5 again, through another profile, got the triggers "maxTokens"; expected EscalationTrigger.unavailable() alone, since the same model is no better at the rest. '
    + 'Choose a stronger model, or leave those triggers out.'],
  ['a tier that the rung does not have', (stack) => laddered(stack, {}, { serviceTier: ServiceTier.RESERVED }, OPUS),
    'serviceTier is not one that Claude Opus 5 has, got "reserved"; expected one of "default" (as of 2026-10). AWS offers "reserved" for other models only: use one of these, or leave serviceTier out to have "default".'],
  ['a guardrail on an endpoint without', (stack) => {
    const mantle = new InRegionInference(stack, 'Mantle', { model: OPUS });
    return new HaikuInvoker(stack, 'Invoker', {
      guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1' }), escalation: Escalation.to(mantle, { when: WHEN }),
    });
  }, 'guardrail is not available on bedrock-mantle, got "a1b2": that endpoint has no guardrails. Leave guardrail out, or call the model through a CrossRegionInferenceProfile.'],
  ['a guardrail of another Region', (stack) => {
    const target = new CrossRegionInferenceProfile(stack, 'Stronger', { model: SONNET, sourceRegion: 'eu-central-1' });
    const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1' });
    return new HaikuInvoker(stack, 'Invoker', { guardrail, escalation: Escalation.to(target, { when: WHEN, allowOtherDestinations: true }) });
  }, 'guardrail is one of "eu-west-1", and Claude Sonnet 4.6 is called from "eu-central-1", got the ID "a1b2"; expected all models in the Region of the guardrail. Choose a target in that Region.'],
  ['more tokens than the rung writes', (stack) => laddered(stack, { maxTokens: 64_001 }),
    'maxTokens is out of range, got 64001; expected a whole number from 1 to 64000. Claude Sonnet 4.6 writes no more.'],
  ['a rung that never has time', (stack) => laddered(stack, {}, { timeout: Duration.seconds(10) }),
    'leastTime leaves no time to ask Claude Sonnet 4.6, got "Duration.millis(10000)" of the function\'s "Duration.seconds(10)"; expected less than the timeout. Raise timeout, or pass a shorter leastTime.'],
  ['a bound of cost without prices', (stack) => laddered(stack, { maxCost: 1 }, {}, ModelCard.of({ ...SONNET._toProps(), ...CITED, prices: [] })),
    'maxCost needs prices, and the card of Claude Sonnet 4.6 has none for these calls (as of 2026-11); expected prices in the cards of all models. Leave maxCost out, or pass a card that has them.'],
  ['thinking for a model that does not think', (stack) => {
    const { limits, ...card } = SONNET._toProps();
    const { sourceUrl, asOf } = limits!.thinking!;
    const unthinking = ModelCard.of({ ...card, limits: { ...limits!, thinking: { types: [], sourceUrl, asOf } } });
    return laddered(stack, {}, { thinkingBudgetTokens: 2048 }, unthinking);
  }, 'thinkingBudgetTokens cannot be made over for Claude Sonnet 4.6, got 2048: it does not think (as of 2026-10). Leave thinkingBudgetTokens out, or choose a model that thinks.'],
  ['a function of another account', (stack) => laddered(stack, {
    when: [EscalationTrigger.verdict(LambdaFunction.fromFunctionArn(stack, 'Decider', 'arn:aws:lambda:eu-west-1:444455556666:function:decider'))],
  }), 'decider is a function of another account, got one of "444455556666"; expected one of "111122223333", where the invoker runs. Make the function there.'],
  ['four models', (stack) => {
    const to = (id: string, model: ModelCard, next?: Escalation) =>
      Escalation.to(new CrossRegionInferenceProfile(stack, id, { model }), { when: WHEN, next });
    return to('A', HAIKU_5, to('B', SONNET, to('C', OPUS)));
  }, 'next makes the ladder too long, got more than 3 models with the invoker\'s own; expected at most 3. Leave the last one out.'],
  ['a bound of cost in the middle', (stack) => {
    const opus = new CrossRegionInferenceProfile(stack, 'Opus', { model: OPUS });
    return laddered(stack, { next: Escalation.to(opus, { when: WHEN, maxCost: 1 }) });
  }, 'maxCost of a rung that comes later does nothing by itself, got 1; expected it at the first Escalation.to(...), where it is for the whole ladder. Move it there.'],
  ['no trigger', (stack) => laddered(stack, { when: [] }),
    'when has no trigger, got []; expected at least one, or the model would never be asked. Pass for example EscalationTrigger.maxTokens().'],
  ['two of a kind', (stack) => laddered(stack, { when: [EscalationTrigger.confidenceBelow('a', 1), EscalationTrigger.confidenceBelow('a', 2)] }),
    'when has two triggers of one kind, got ["confidenceBelow","confidenceBelow"]; expected each kind once, since two of "confidenceBelow" contradict each other or say the same. Leave one out.'],
  ['a confidence that the schema forbids', (stack) => laddered(stack, {
    when: [EscalationTrigger.schemaViolation({ ...SCHEMA, additionalProperties: false }), EscalationTrigger.confidenceBelow('confidence', 0.8)],
  }), 'when has two triggers that contradict, got a confidence in "confidence" of at least 0.8, and a schema that allows no "confidence"; '
    + 'expected a schema with which an answer can have that confidence. No answer would ever do: change one of the two.'],
  ['a confidence that is text by the schema', (stack) => laddered(stack, {
    when: [EscalationTrigger.schemaViolation({ properties: { sure: { type: 'string' } } }), EscalationTrigger.confidenceBelow('sure', 0.8)],
  }), 'when has two triggers that contradict, got a confidence in "sure" of at least 0.8, and a schema that has "string" there; '
    + 'expected a schema with which an answer can have that confidence. No answer would ever do: change one of the two.'],
  ['a confidence above what the schema allows', (stack) => laddered(stack, {
    when: [EscalationTrigger.schemaViolation({ properties: { sure: { type: 'number', maximum: 1 } } }), EscalationTrigger.confidenceBelow('sure', 80)],
  }), 'when has two triggers that contradict, got a confidence in "sure" of at least 80, and a schema that has at most 1 there; '
    + 'expected a schema with which an answer can have that confidence. No answer would ever do: change one of the two.'],
])('%s is refused', (_, define, message) => {
  expect(failures(define as never, { account: ACCOUNT, region: 'eu-west-1' })).toEqual(everywhere(message));
});

test.each([
  [{ leastTime: Duration.millis(999) }, 'leastTime is no time in which a model answers, got "Duration.millis(999)"; expected at least 1 second, known at synth time. Raise it, or leave it out to have 10 seconds.'],
  [{ maxCost: 0 }, 'maxCost is no cost that a call can have, got 0; expected US dollars above 0, such as 0.05. Raise it, or leave it out to have no bound.'],
  [{ maxTokens: 0 }, 'maxTokens is out of range, got 0; expected a whole number of at least 1. Leave it out to ask for as many as the event does.'],
])('%j is refused', (options, message) => {
  expect(thrown(() => laddered(stackIn('eu-west-1'), options))).toBe(message);
});

test.each<[string, HaikuInvokerProps]>([
  ['sampling, which the rung does not take', { sampling: undefined }],
  ['a thinking budget, which the rung does not take', { thinkingBudgetTokens: 2048 }],
  ['more tokens than by default', { maxTokens: 64_000 }],
  ['a cached system prompt', { systemPrompt: 'x'.repeat(2000), promptCaching: PromptCaching.systemPrompt() }],
])('%s: the event is made over for the rung', (_, props) => {
  expect(() => laddered(stackIn('eu-west-1'), {}, props, OPUS)).not.toThrow();
});

test('a function that streams is warned of triggers that cannot hold before the first byte', () => {
  const warningsWith = (when: EscalationTrigger[]) => {
    const stack = stackIn('eu-west-1');
    laddered(stack, { when }, { responseStreaming: true });
    return Annotations.fromStack(stack).findWarning('/Stack/Invoker', Match.stringLikeRegexp('Streamed answers')).length;
  };
  expect(warningsWith([EscalationTrigger.maxTokens()])).toBe(1);
  expect(warningsWith([EscalationTrigger.maxTokens(), EscalationTrigger.unavailable()])).toBe(0);
});

test('the metrics of the ladder', () => {
  const invoker = invokerWith();
  const metrics = [invoker.metricEscalations(), invoker.metricEscalationFailures(), invoker.metricCost()];
  expect(metrics.map(({ metricName, statistic }) => [metricName, statistic])).toEqual([['Escalations', 'Sum'], ['EscalationFailures', 'Sum'], ['Cost', 'Sum']]);
  const share = invoker.metricEscalationShare();
  expect(share).toMatchObject({ expression: '100 * escalated / all', label: 'Escalated (%)' });
  expect(share.usingMetrics).toMatchObject({ escalated: { metricName: 'Escalations' }, all: { metricName: 'Invocations' } });
});

test('a role of a central account is given every rung', () => {
  const stack = stackIn('eu-west-1');
  const assumedRole = new Role(stack, 'Central', { assumedBy: new AccountRootPrincipal() });
  laddered(stack, {}, { assumedRole });
  const text = JSON.stringify(rolePolicies(stack, stack.getLogicalId(assumedRole.node.defaultChild as never), { region: 'eu-west-1' }));
  expect(text).toContain('inference-profile/eu.anthropic.claude-sonnet-4-6');
  expect(text).toContain('inference-profile/eu.anthropic.claude-haiku-4-5');
});
