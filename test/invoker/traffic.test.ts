import { Match, Template } from 'aws-cdk-lib/assertions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import { optionsOf } from './stack-with-invoker';
import {
  CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuInvoker, HaikuInvokerProps, InferenceRouting, ModelCard, Traffic, TrafficArm,
  TrafficOptions, TrafficShare,
} from '../../src';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures, thrown } from '../kit/three-ways';

const HALF = { share: TrafficShare.percent(50) };

function splitting(stack: Stack, options: Partial<TrafficOptions> = {}, props: HaikuInvokerProps = {}, routing?: InferenceRouting): HaikuInvoker {
  const target = new CrossRegionInferenceProfile(stack, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5, routing });
  return new HaikuInvoker(stack, 'Invoker', { traffic: Traffic.split(target, { ...HALF, ...options }), ...props });
}

test('the handler is told the candidate, its rules and prices, the share and the key', () => {
  const stack = stackIn('eu-west-1');
  splitting(stack, { stickyBy: 'metadata.user_id' });
  expect(optionsOf(stack).traffic).toEqual({
    candidate: { modelId: 'eu.anthropic.claude-haiku-5-5', endpoint: 'bedrock-runtime', region: 'eu-west-1' },
    rules: expect.objectContaining({ sampling: [], thinking: ['adaptive', 'disabled'], structuredOutputs: false }),
    rates: expect.objectContaining({ input: 0.11, output: 0.55, longContext: expect.objectContaining({ above: 100_000 }) }),
    share: 50,
    stickyBy: 'metadata.user_id',
  });
});

test('the role may call both targets, and read the share', () => {
  const stack = stackIn('eu-west-1');
  splitting(stack, { share: TrafficShare.fromParameter(StringParameter.fromStringParameterName(stack, 'Share', 'share')) });
  const text = JSON.stringify(rolePolicies(stack, 'InvokerRoleB87900DB', { region: 'eu-west-1', attributes: { 'InvokerLogGroupFD5C40FD.Arn': 'x' } }));
  for (const allowed of ['inference-profile/eu.anthropic.claude-haiku-4-5', 'inference-profile/eu.anthropic.claude-haiku-5-5', `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/share`]) expect(text).toContain(allowed);
  expect(optionsOf(stack).traffic).toMatchObject({ shareParameter: 'share' });
});

test('a shadow has a function of its own, which alone may call the second target', () => {
  const stack = stackIn('eu-west-1');
  const target = new CrossRegionInferenceProfile(stack, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5 });
  const invoker = new HaikuInvoker(stack, 'Invoker', { traffic: Traffic.shadow(target, HALF), maxTokens: 100, systemPrompt: 'Be brief.', reservedConcurrentExecutions: 5 });
  const template = Template.fromStack(stack);
  const [policies, shadows] = [invoker, invoker.shadow!].map(({ role }) => JSON.stringify(Object.values(template.findResources('AWS::IAM::Policy', {
    Properties: { Roles: [{ Ref: stack.getLogicalId(role.node.defaultChild as never) }] },
  }))));
  expect(policies).not.toContain('haiku-5-5');
  expect(policies).toContain(`"lambda:InvokeFunction","Effect":"Allow","Resource":{"Fn::GetAtt":["${stack.getLogicalId(invoker.shadow!.lambdaFunction.node.defaultChild as never)}","Arn"]}`);
  expect(shadows).toContain('haiku-5-5');
  expect(shadows).not.toContain('haiku-4-5');
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: Match.stringLikeRegexp('InvokerShadowFunction') }, MaximumRetryAttempts: 0 });
  const variables = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties).find(({ Environment }) => Environment.Variables.MODEL_ID.includes('5-5'));
  // It is told whole requests, and takes nothing from the first one's concurrency.
  expect(variables).not.toHaveProperty('ReservedConcurrentExecutions');
  expect(JSON.parse(variables!.Environment.Variables.INVOKER_OPTIONS)).not.toHaveProperty('system');
});

test('with consent, and only then, synthesis warns that text is logged', () => {
  const warnings = (logContent?: boolean) => {
    const stack = stackIn('eu-west-1');
    const target = new CrossRegionInferenceProfile(stack, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5 });
    new HaikuInvoker(stack, 'Invoker', { traffic: Traffic.shadow(target, { ...HALF, logContent }) });
    return stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ data }) => String(data).includes('Prompts and answers are written')).length;
  };
  expect([warnings(), warnings(false), warnings(true)]).toEqual([0, 0, 1]);
});

test('a ladder and split traffic go together', () => {
  const stack = stackIn('eu-west-1');
  const sonnet = new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 });
  splitting(stack, {}, { escalation: Escalation.to(sonnet, { when: [EscalationTrigger.maxTokens()] }) });
  expect(Object.keys(optionsOf(stack))).toEqual(expect.arrayContaining(['escalation', 'traffic']));
});

test.each<[string, (stack: Stack) => unknown, string]>([
  ['a share of 120', () => TrafficShare.percent(120),
    'TrafficShare.percent is out of range, got 120; expected a number from 0 to 100, known at synth time. Use a number in that range, or TrafficShare.fromParameter(...) to change it without a deployment.'],
  ['a share that is a token', () => TrafficShare.percent(Token.asNumber({ Ref: 'Share' })),
    'TrafficShare.percent is out of range, got an unresolved token; expected a number from 0 to 100, known at synth time. Use a number in that range, or TrafficShare.fromParameter(...) to change it without a deployment.'],
  ['the invoker\'s own target', (stack) => {
    const target = new CrossRegionInferenceProfile(stack, 'Same');
    return new HaikuInvoker(stack, 'Invoker', { traffic: Traffic.split(target, HALF) });
  }, 'traffic goes to the invoker\'s own target, got CrossRegionInferenceProfile at Stack/Same with Claude Haiku 4.5; expected another target. Pass the one to move on to.'],
  ['another geography', (stack) => splitting(stack, {}, {}, InferenceRouting.globalCrossRegion()),
    'traffic leaves the Regions of the first model, got Claude Haiku 5.5, which from "eu-west-1" may run in any Region; '
    + 'expected "eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3" only, where Claude Haiku 4.5 may run. '
    + 'Choose a target in the same geography, or set allowOtherDestinations to true if prompts may go there.'],
  ['a parameter of another account', (stack) => splitting(stack, {
    share: TrafficShare.fromParameter(StringParameter.fromStringParameterArn(stack, 'Share', 'arn:aws:ssm:eu-west-1:444455556666:parameter/share')),
  }), 'share is a parameter of another account or Region, got "arn:aws:ssm:eu-west-1:444455556666:parameter/share"; expected one of "111122223333" in "eu-west-1", where the function reads it. Create the parameter there.'],
  ['a key without a name', (stack) => splitting(stack, { stickyBy: 'metadata.' }),
    'stickyBy is not the name of a field, got "metadata."; expected for example "metadata.user_id". Name the field of the event, or leave stickyBy out to draw each call at random.'],
])('%s is refused', (_, define, message) => {
  expect(failures(define as never, { account: ACCOUNT, region: 'eu-west-1' })).toEqual(everywhere(message));
});

test('the metrics of an arm', () => {
  const invoker = splitting(stackIn('eu-west-1'));
  expect(invoker.metricOfArm(TrafficArm.CANDIDATE, 'Latency')).toMatchObject({ metricName: 'Latency', dimensions: { FunctionName: expect.anything(), Arm: 'candidate' } });
  expect(thrown(() => invoker.metricOfArm(TrafficArm.TARGET, 'Latencies'))).toContain('metricName is not a metric that the function writes, got "Latencies"');
  expect(invoker.metric('Rung2Cost').metricName).toBe('Rung2Cost');
});
