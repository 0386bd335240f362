import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Pass, StateMachine, DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { linesOf, shownBy, Widget, widgetsOf } from './dashboard-body';
import {
  ApplicationInferenceProfile, CacheTtl, CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuDashboard, HaikuDashboardProps,
  HaikuInvoker, HaikuInvokerProps, InferenceOption, InferenceRouting, InRegionInference, InvokerFunctionUrl, ModelCard, PromptCaching,
} from '../../src';
import { METRICS } from '../../src/contract/invoker-metrics';
import { BEDROCK_METRICS } from '../../src/monitoring/bedrock-metrics';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

/** A dashboard of invokers that share a profile. */
function dashboardOf(count: number, props: Partial<HaikuDashboardProps> = {}, stack = stackIn('eu-west-1'), invoker: HaikuInvokerProps = {}): Stack {
  const target = new CrossRegionInferenceProfile(stack, 'Haiku');
  const invokers = Array.from({ length: count }, (_, index) => new HaikuInvoker(stack, `Invoker${index}`, { target, ...invoker }));
  new HaikuDashboard(stack, 'Watch', { invokers, ...props });
  return stack;
}

/** One with all that it can show. */
function everything(): Stack {
  const stack = stackIn('us-east-1');
  const streaming = new HaikuInvoker(stack, 'Streaming', {
    functionUrl: InvokerFunctionUrl.streaming(), target: new CrossRegionInferenceProfile(stack, 'Anywhere', { routing: InferenceRouting.globalCrossRegion() }),
  });
  const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Geo') });
  const mantle = new InRegionInference(stack, 'Mantle');
  return dashboardOf(2, {
    invokers: [streaming, new HaikuInvoker(stack, 'OfTheTeam', { target: team, promptCaching: PromptCaching.systemPrompt() }), new HaikuInvoker(stack, 'OnMantle', { target: mantle })],
    targets: [new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 })],
    queues: [new Queue(stack, 'Queue')],
    deadLetterQueues: [new Queue(stack, 'Dead')],
    batches: [new StateMachine(stack, 'Batch', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) })],
    invocationLogGroup: new LogGroup(stack, 'InvocationLog'),
    tenantKey: 'tenant',
    dashboardName: 'haiku',
  }, stack);
}

function titled(stack: Stack, title: string): Widget {
  const widgets = widgetsOf(stack);
  const found = widgets.find(({ properties }) => properties.title === title);
  if (!found) throw new Error(`No ${title} among ${widgets.map(({ properties }) => properties.title).join(', ')}`);
  return found;
}

/** What AWS documents of the services that are shown besides. */
const DOCUMENTED: Record<string, readonly string[]> = {
  ...BEDROCK_METRICS,
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateAgeOfOldestMessage'],
  'AWS/States': ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed'],
  'HaikuInvoker': Object.keys(METRICS),
};
const DIMENSIONS: Record<string, string[]> = {
  'HaikuInvoker': ['FunctionName'], 'AWS/Bedrock': ['ModelId'], 'AWS/BedrockMantle': ['Model', 'Project'], 'AWS/SQS': ['QueueName'], 'AWS/States': ['StateMachineArn'],
};

test('each metric is one that the handler writes or that AWS documents, with its dimensions', () => {
  const lines = widgetsOf(everything()).flatMap(linesOf).filter(({ metric }) => metric);
  expect(lines.filter(({ namespace, metric }) => !DOCUMENTED[namespace!]?.includes(metric!))).toEqual([]);
  expect(lines.filter(({ namespace, dimensions }) => Object.keys(dimensions!).join() !== DIMENSIONS[namespace!].join())).toEqual([]);
  expect([...new Set(lines.map(({ namespace }) => namespace))].sort()).toEqual(Object.keys(DOCUMENTED).sort());
});

test('what is watched of Amazon Bedrock is all that the tables name', () => {
  const lines = widgetsOf(everything()).flatMap(linesOf);
  for (const [namespace, names] of Object.entries(BEDROCK_METRICS)) {
    expect([...new Set(lines.filter((line) => line.namespace === namespace).map(({ metric }) => metric))].sort()).toEqual([...names].sort());
  }
});

test.each([['one invoker', () => dashboardOf(1)], ['fifty', () => dashboardOf(50)], ['everything', everything]])('of %s, no widgets overlap or leave the grid', (_, made) => {
  const cells = new Set<string>();
  for (const { x, y, width, height } of widgetsOf(made())) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column++) {
      for (let row = y; row < y + height; row++) {
        expect(cells).not.toContain(`${column},${row}`);
        cells.add(`${column},${row}`);
      }
    }
  }
});

test('fifty invokers fit into what CloudWatch takes of a dashboard', () => {
  const widgets = widgetsOf(dashboardOf(50, {}, stackIn('eu-west-1'), { functionUrl: InvokerFunctionUrl.streaming() }));
  const metrics = widgets.map((widget) => linesOf(widget).filter(({ metric }) => metric).length);
  expect(Math.max(...metrics)).toBeLessThanOrEqual(500);
  expect(metrics.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2500);
  expect(Math.max(...widgets.flatMap(linesOf).map(({ expression = '' }) => expression.length))).toBeLessThanOrEqual(2048);
  expect(widgets.length).toBeLessThanOrEqual(500);
  expect(JSON.stringify({ widgets }).length).toBeLessThan(400_000);
});

test('more than fit are refused', () => {
  expect(thrown(() => dashboardOf(120))).toMatch(/^HaikuDashboard does not fit, got metrics \d+; CloudWatch takes at most 2500\. Show the invokers in several dashboards, for example one for each team\.$/);
});

test('sums are of all invokers, and of those only that were called', () => {
  const stack = dashboardOf(3);
  const calls: Record<string, Array<number | undefined>> = {
    n0: [10, 20], n1: [undefined, 5], c0: [1, 0], c1: [undefined, 0], s0: [0, 0], s1: [undefined, 5],
  };
  const shown = shownBy(titled(stack, 'Failed calls, by whose fault'), 'Failed, %', ({ id }) => calls[id!] ?? [undefined, undefined]);
  expect(shown).toEqual([10, 20]);
});

test.each([
  ['geo', {}, 1.1, 5.5, 0.11, 1.375],
  ['global', { routing: InferenceRouting.globalCrossRegion() }, 1, 5, 0.1, 1.25],
])('dollars are those of the card\'s %s price', (_, routing, input, output, read, write) => {
  const stack = stackIn('eu-west-1');
  const target = new CrossRegionInferenceProfile(stack, 'Haiku', routing);
  new HaikuDashboard(stack, 'Watch', { invokers: [new HaikuInvoker(stack, 'Invoker', { target })] });
  const name = `Claude Haiku 4.5 (${target.inferenceOption})`;
  const tokens: Record<string, number> = { InputTokens: 1_000_000, OutputTokens: 200_000, CacheReadTokens: 3_000_000, CacheWriteTokens: 400_000 };
  const cost = shownBy(titled(stack, 'US dollars an hour, by model'), name, ({ metric }) => [tokens[metric!]]);
  expect(cost[0]).toBeCloseTo(input + 0.2 * output + 3 * read + 0.4 * write, 9);
  // A kind of token that nobody used has no data, and costs nothing.
  expect(shownBy(titled(stack, 'US dollars an hour, by model'), name, ({ metric }) => [metric === 'InputTokens' ? 1_000_000 : undefined])[0]).toBeCloseTo(input, 9);
});

test('what the cache takes for an hour is dearer than for five minutes', () => {
  const stack = stackIn('eu-west-1');
  const target = new CrossRegionInferenceProfile(stack, 'Haiku');
  const invokers = [PromptCaching.systemPrompt(), PromptCaching.tools(CacheTtl.ONE_HOUR)].map((promptCaching, index) => new HaikuInvoker(stack, `Invoker${index}`, { target, promptCaching }));
  new HaikuDashboard(stack, 'Watch', { invokers });
  const written = linesOf(titled(stack, 'US dollars an hour, by model')).flatMap(({ expression }) => expression ?? []);
  expect(written.map((expression) => /SUM\(\[w\d\]\)\*([\d.]+)/.exec(expression)![1])).toEqual(['1.375', '2.2']);
});

test('use of quotas is what calls reserve, of the account\'s quota', () => {
  const stack = dashboardOf(2, { quotas: [{ tokensPerMinute: 100_000 }] });
  const tokens = titled(stack, 'Tokens a minute: Claude Haiku 4.5 (GEO), % of the quota');
  const reserved = shownBy(tokens, 'Reserved by calls: input, cache and max_tokens', ({ metric }) => [{ InputTokens: 5_000, CacheReadTokens: 10_000, CacheWriteTokens: 1_000, MaxTokens: 9_000 }[metric!]]);
  expect(reserved).toEqual([50]);
  expect(shownBy(tokens, 'Amazon Bedrock\'s own estimate', () => [80_000])).toEqual([80]);
  // Of the card, where the account's own is not said.
  const requests = titled(stack, 'Requests a minute: Claude Haiku 4.5 (GEO), % of the quota');
  expect(shownBy(requests, 'Attempts of the invokers', ({ metric }) => [{ Invocations: 400, Retries: 100 }[metric!]])).toEqual([10]);
});

test('profiles that are known only at deploy time are one, where they are the same', () => {
  const stack = stackIn();
  const profile = (id: string) => new CrossRegionInferenceProfile(stack, id, { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] });
  const invokers = ['One', 'Other'].map((id) => new HaikuInvoker(stack, id, { target: profile(`${id}Profile`) }));
  new HaikuDashboard(stack, 'Watch', { invokers });
  expect(linesOf(titled(stack, 'Bedrock: Invocations'))).toHaveLength(1);
});

test('an application profile is measured under its ID', () => {
  const [line] = linesOf(titled(everything(), 'Bedrock: Invocations')).filter(({ label }) => label === 'Team');
  expect(line.dimensions).toEqual({ ModelId: expect.stringMatching(/^Team\w*\.InferenceProfileId$/) });
});

test('a log query reads the log groups of the invokers, and prices each call', () => {
  const { properties: { query } } = titled(dashboardOf(2), 'The dearest calls of Claude Haiku 4.5 (GEO)');
  expect(query).toMatch(/^SOURCE 'Invoker0LogGroup\w+' \| SOURCE 'Invoker1LogGroup\w+' \| filter ispresent\(OutputTokens\)\n\| fields @timestamp, /);
  expect(query).toContain('(coalesce(InputTokens,0)*1.1+coalesce(OutputTokens,0)*5.5+coalesce(CacheReadTokens,0)*0.11+coalesce(CacheWriteTokens,0)*1.375)/1000000 as dollars');
});

test('percentiles of many invokers stand in graphs of their own', () => {
  const titles = (count: number) => widgetsOf(dashboardOf(count)).map(({ properties: { title = '' } }) => title).filter((title) => title.startsWith('Latency'));
  expect(titles(3)).toEqual(['Latency, with retries (ms)']);
  expect(titles(4)).toEqual(['p50', 'p90', 'p99'].map((percentile) => `Latency, with retries (ms): ${percentile}`));
});

test('what is shown by caller and by tenant comes from the model invocation log', () => {
  const { properties: { query } } = titled(everything(), `By tenant, Claude Haiku 4.5 (${InferenceOption.GLOBAL})`);
  expect(query).toContain('filter modelId like "global.anthropic.claude-haiku-4-5-20251001-v1:0"');
  expect(query).toContain('by requestMetadata.tenant');
});

test.each<[string, HaikuDashboardProps, string]>([
  ['nothing', {}, 'HaikuDashboard has nothing to show. Pass invokers, targets, queues, deadLetterQueues or batches.'],
  ['a tenant without the log', { invokers: [], targets: [], tenantKey: 'tenant', queues: ['q'] as never },
    'queues is not a list of queues, got ["q"]; expected a list of sqs.Queue. Change it, or leave queues out.'],
])('%s is refused', (_, props, message) => {
  expect(thrown(() => new HaikuDashboard(stackIn('eu-west-1'), 'Watch', props))).toBe(message);
});

test('a tenant\'s key needs the log that holds it, and can stand in a query', () => {
  const stack = stackIn('eu-west-1');
  const invokers = [new HaikuInvoker(stack, 'Invoker')];
  expect(thrown(() => new HaikuDashboard(stack, 'One', { invokers, tenantKey: 'tenant' }))).toBe(
    'tenantKey needs invocationLogGroup: request metadata is written to the model invocation log only. Pass the log group too, or leave tenantKey out.');
  expect(thrown(() => new HaikuDashboard(stack, 'Other', { invokers, tenantKey: 'a b', invocationLogGroup: new LogGroup(stack, 'Log') }))).toBe(
    'tenantKey is no key of request metadata, got "a b"; expected 1 to 256 letters, digits, "_", "." or "-". Pass the key that calls use in requestMetadata.');
});

test('a ladder says itself what it costs, by rung, and how often a stronger model was asked', () => {
  const stack = stackIn('us-east-1');
  const sonnet = new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 });
  const escalation = Escalation.to(sonnet, { when: [EscalationTrigger.maxTokens()] });
  const ladder = new HaikuInvoker(stack, 'Ladder', { target: new CrossRegionInferenceProfile(stack, 'Haiku'), escalation });
  new HaikuDashboard(stack, 'Watch', { invokers: [ladder] });
  expect(linesOf(titled(stack, 'US dollars an hour, by model')).map(({ metric, label }) => [metric, label])).toEqual([['Cost', 'Ladder']]);
  expect(linesOf(titled(stack, 'US dollars an hour, by rung')).map(({ metric }) => metric)).toEqual(['Rung1Cost', 'Rung2Cost', 'Rung3Cost']);
  const asked = shownBy(titled(stack, 'Calls that a stronger model was asked, %'), 'Asked', ({ metric }) => [{ Invocations: 50, Escalations: 5 }[metric!]]);
  expect(asked).toEqual([10]);
});
