import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import {
  AlarmLimit, ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuAlarms, HaikuAlarmsProps, HaikuInvoker, InferenceRouting,
  InRegionInference, ModelCard, PromptCaching,
} from '../../src';
import { METRICS } from '../../src/contract/invoker-metrics';
import { BEDROCK_METRICS } from '../../src/monitoring/bedrock-metrics';
import { CITED, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';
import { AlarmProperties } from '../stand-ins/cloudwatch/alarms';

/** The alarms of a template by their ids, without CDK's hash. */
function alarmsOf(template: Template): Record<string, AlarmProperties> {
  const found = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(found.map(([id, { Properties }]) => {
    const [, kind, of] = /^Alarms(Throttles|ServerErrors|Latency|CacheMisses|Refusals|Spend|DeadLetters|TokenQuota|RequestQuota|LegacyModel)(\w+?)[0-9A-F]{8}$/.exec(id)!;
    return [`${kind} ${of}`, Properties as AlarmProperties];
  }));
}

function alarms(count: number, props: Partial<HaikuAlarmsProps> = {}, stack = stackIn('eu-west-1')): Template {
  const target = new CrossRegionInferenceProfile(stack, 'Haiku');
  const invokers = Array.from({ length: count }, (_, index) => new HaikuInvoker(stack, `Invoker${index}`, { target }));
  new HaikuAlarms(stack, 'Alarms', { invokers, ...props });
  return Template.fromStack(stack);
}

const STANDARD = [
  'Throttles Invoker0', 'ServerErrors Invoker0', 'Latency Invoker0', 'Refusals Invoker0', 'TokenQuota ClaudeHaiku45GEO', 'RequestQuota ClaudeHaiku45GEO',
  'LegacyModel Haiku',
];

test('an invoker has these alarms, and others on request', () => {
  const stack = stackIn('eu-west-1');
  expect(Object.keys(alarmsOf(alarms(1))).sort()).toEqual([...STANDARD].sort());
  const all = alarms(1, { monthlyBudget: 100, deadLetterQueues: [new Queue(stack, 'Dead')], cacheMisses: AlarmLimit.above(50) }, stack);
  expect(Object.keys(alarmsOf(all)).sort()).toEqual([...STANDARD, 'Spend Invoker0', 'DeadLetters Dead', 'CacheMisses Invoker0'].sort());
});

test('an invoker that caches is watched for cache misses', () => {
  const stack = stackIn('eu-west-1');
  new HaikuAlarms(stack, 'Alarms', { invokers: [new HaikuInvoker(stack, 'Invoker', { promptCaching: PromptCaching.tools() })] });
  expect(Object.keys(alarmsOf(Template.fromStack(stack)))).toContain('CacheMisses Invoker');
});

test.each([
  ['throttles', 'Throttles Invoker0'], ['serverErrors', 'ServerErrors Invoker0'], ['latency', 'Latency Invoker0'], ['refusals', 'Refusals Invoker0'],
  ['legacyModel', 'LegacyModel Haiku'],
] as const)('%s can be changed and left out', (prop, id) => {
  expect(alarmsOf(alarms(1, { [prop]: AlarmLimit.off() }))).not.toHaveProperty(id);
  const limit = AlarmLimit.above(42, { period: Duration.minutes(10), evaluationPeriods: 4, datapointsToAlarm: 3 });
  const changed = alarmsOf(alarms(1, { [prop]: limit }))[id];
  expect(changed).toMatchObject({ Threshold: 42, EvaluationPeriods: 4, DatapointsToAlarm: 3 });
  expect(JSON.stringify(changed)).toContain('"Period":600');
});

test('use of quotas can be changed and left out', () => {
  expect(Object.keys(alarmsOf(alarms(1, { quotaUse: AlarmLimit.off() })))).toEqual(expect.not.arrayContaining(['TokenQuota ClaudeHaiku45GEO', 'RequestQuota ClaudeHaiku45GEO']));
  const { 'TokenQuota ClaudeHaiku45GEO': tokens } = alarmsOf(alarms(1, { quotaUse: AlarmLimit.above(50) }));
  expect(tokens).toMatchObject({ Threshold: 50, EvaluationPeriods: 5, DatapointsToAlarm: 3 });
});

test('missing data raises no alarm, each has a reason, and each metric exists', () => {
  const known: Record<string, readonly string[]> = { ...BEDROCK_METRICS, HaikuInvoker: Object.keys(METRICS) };
  const all = alarmsOf(alarms(2, { monthlyBudget: 100, cacheMisses: AlarmLimit.above(50) }));
  for (const alarm of Object.values(all) as Array<AlarmProperties & { AlarmDescription: string }>) {
    expect(alarm.TreatMissingData).toBe('notBreaching');
    expect(alarm.AlarmDescription.length).toBeGreaterThan(60);
    const metrics = alarm.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [alarm];
    expect(metrics.filter(({ Namespace, MetricName }) => !known[Namespace!].includes(MetricName!))).toEqual([]);
    // CloudWatch takes no more of an alarm.
    expect(metrics.length).toBeLessThanOrEqual(10);
  }
});

test('latency is judged by what is usual, unless a limit is given', () => {
  expect(alarmsOf(alarms(1))['Latency Invoker0']).toMatchObject({
    ComparisonOperator: 'GreaterThanUpperThreshold',
    EvaluationPeriods: 3,
    Metrics: expect.arrayContaining([expect.objectContaining({ Expression: 'ANOMALY_DETECTION_BAND(m0, 3)' })]) as unknown,
  });
  const { 'Latency Invoker0': fixed } = alarmsOf(alarms(1, { latency: AlarmLimit.above(5_000) }));
  expect(fixed).toMatchObject({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 5_000 });
});

test('a daily limit of dollars is twice the share of the month\'s budget', () => {
  expect(alarmsOf(alarms(1, { monthlyBudget: 365 }))['Spend Invoker0']).toMatchObject({ Threshold: 24, EvaluationPeriods: 1 });
  expect(alarmsOf(alarms(1, { spend: AlarmLimit.above(7) }))['Spend Invoker0']).toMatchObject({ Threshold: 7 });
});

test('actions are those of every alarm, page actions those of the composite one', () => {
  const stack = stackIn('eu-west-1');
  const [topic, pager] = ['Topic', 'Pager'].map((id) => new SnsAction(new Topic(stack, id)));
  const template = alarms(2, { actions: [topic], pageActions: [pager] }, stack);
  template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: Match.stringLikeRegexp('^Topic') }] });
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 1);
  template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { AlarmActions: [{ Ref: Match.stringLikeRegexp('^Pager') }] });
  const composite = JSON.stringify(template.findResources('AWS::CloudWatch::CompositeAlarm'));
  expect([...composite.matchAll(/"(Alarms\w+?)[0-9A-F]{8}","Arn"/g)].map(([, id]) => id)).toEqual([
    'AlarmsThrottlesInvoker0', 'AlarmsServerErrorsInvoker0', 'AlarmsLatencyInvoker0', 'AlarmsThrottlesInvoker1', 'AlarmsServerErrorsInvoker1', 'AlarmsLatencyInvoker1',
  ]);
});

test('a composite alarm never has more alarms below it than CloudWatch takes', () => {
  const stack = stackIn('eu-west-1');
  alarms(45, {}, stack);
  expect((stack.node.findChild('Alarms') as HaikuAlarms).pages).toHaveLength(3);
});

test('no composite alarm stands where nothing pages', () => {
  const off = AlarmLimit.off();
  alarms(1, { throttles: off, serverErrors: off, latency: off }).resourceCountIs('AWS::CloudWatch::CompositeAlarm', 0);
});

test('the quotas are those of each model and inference option', () => {
  const stack = stackIn('us-east-1');
  const geo = new CrossRegionInferenceProfile(stack, 'Geo');
  const targets = [
    geo, new ApplicationInferenceProfile(stack, 'Team', { copyFrom: geo }), new InRegionInference(stack, 'Mantle'),
    new CrossRegionInferenceProfile(stack, 'Anywhere', { routing: InferenceRouting.globalCrossRegion() }),
  ];
  new HaikuAlarms(stack, 'Alarms', { invokers: targets.map((target, index) => new HaikuInvoker(stack, `Invoker${index}`, { target })) });
  const found = alarmsOf(Template.fromStack(stack));
  // Both profiles of the geography draw on one quota; bedrock-mantle has metrics of its own, and none of these.
  expect(found['TokenQuota ClaudeHaiku45GEO'].Metrics!.filter(({ MetricStat }) => MetricStat)).toHaveLength(2);
  expect(Object.keys(found).filter((id) => /Quota|Legacy/.test(id)).sort()).toEqual(
    ['LegacyModel Anywhere', 'LegacyModel Geo', 'LegacyModel Team', 'RequestQuota ClaudeHaiku45GEO', 'RequestQuota ClaudeHaiku45GLOBAL',
      'TokenQuota ClaudeHaiku45GEO', 'TokenQuota ClaudeHaiku45GLOBAL']);
});

test('what is measured in another Region is said to be out of sight', () => {
  const stack = stackIn('eu-west-1');
  const target = new CrossRegionInferenceProfile(stack, 'Frankfurt', { sourceRegion: 'eu-central-1' });
  new HaikuAlarms(stack, 'Alarms', { invokers: [new HaikuInvoker(stack, 'Invoker', { target })] });
  expect(Object.keys(alarmsOf(Template.fromStack(stack))).sort()).toEqual(['Latency Invoker', 'Refusals Invoker', 'ServerErrors Invoker', 'Throttles Invoker']);
  expect(JSON.stringify(stack.node.findChild('Alarms').node.metadata)).toContain('Amazon Bedrock measures Stack/Frankfurt in eu-central-1, and these alarms are elsewhere');
});

const here = () => [new HaikuInvoker(stackIn('eu-west-1'), 'Invoker')];
test.each<[string, () => Partial<HaikuAlarmsProps>, string]>([
  ['no invokers', () => ({ invokers: [] }), 'invokers is empty. Pass at least one HaikuInvoker.'],
  ['something else than an invoker', () => ({ invokers: ['fn'] as never }),
    'invokers is not a list of HaikuInvoker, got ["fn"]; expected a list such as [invoker], of this release of the package. It cannot be left out.'],
  ['a budget of nothing', () => ({ monthlyBudget: 0 }), 'monthlyBudget is out of range, got 0; expected US dollars above 0. Change it, or leave it out.'],
  ['an invoker of another Region', () => ({ invokers: [new HaikuInvoker(stackIn('us-east-1'), 'Invoker')] }),
    'invokers has one of another Region, got Stack/Invoker in "us-east-1"; expected invokers in "eu-west-1", since CloudWatch raises an alarm only in the Region of its metric. '
    + 'Make a HaikuAlarms in a stack of that Region.'],
  ['a quota of nothing', () => ({ quotas: [{ tokensPerMinute: -1 }] }),
    'quotas.tokensPerMinute is out of range, got -1; expected a number above 0. Pass what Service Quotas shows for the account, or leave it out.'],
  ['too long a look back', () => ({ throttles: AlarmLimit.above(1, { period: Duration.minutes(30), evaluationPeriods: 49 }) }),
    'Alarm Throttles-Invoker looks back too far, got 49 periods of 1800 seconds; CloudWatch takes at most a day of periods below an hour. Lower evaluationPeriods or period of its AlarmLimit.'],
  ['a budget without a price', () => {
    const stack = stackIn('eu-west-1');
    const model = ModelCard.of({ ...CITED, name: 'Haiku 9', modelId: 'anthropic.claude-haiku-9', geoRoutes: ModelCard.CLAUDE_HAIKU_4_5.geoRoutes });
    return { invokers: [new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Nine', { model }) })], monthlyBudget: 1 };
  }, 'The card of Haiku 9 has no price for Stack/Invoker. Leave monthlyBudget and spend out, or pass a card of your own that has one.'],
])('%s is refused', (_, props, message) => {
  expect(thrown(() => new HaikuAlarms(stackIn('eu-west-1'), 'Alarms', { invokers: here(), ...props() }))).toBe(message);
});

test.each<[string, () => unknown, string]>([
  ['below 0', () => AlarmLimit.above(-1), 'Limit of an alarm is no number, got -1; expected one of at least 0, in the unit of the alarm. Change it, or use AlarmLimit.off().'],
  ['text', () => AlarmLimit.above('5' as never), 'Limit of an alarm is no number, got "5"; expected one of at least 0, in the unit of the alarm. Change it, or use AlarmLimit.off().'],
  ['of a minute and a half', () => AlarmLimit.above(1, { period: Duration.seconds(90) }),
    'period is not one of CloudWatch\'s, got 90 seconds; expected 10, 20, 30 or a multiple of 60. Change it, or leave period out.'],
  ['of no period', () => AlarmLimit.above(1, { evaluationPeriods: 0 }), 'evaluationPeriods is out of range, got 0; expected a whole number of at least 1. Change it, or leave it out.'],
  ['of more data than periods', () => AlarmLimit.above(1, { evaluationPeriods: 2, datapointsToAlarm: 3 }),
    'datapointsToAlarm is out of range, got 3; expected a whole number from 1 to 2. It is how many of evaluationPeriods must be above the limit.'],
])('a limit %s is refused', (_, made, message) => {
  expect(thrown(made)).toBe(message);
});
