import { Template } from 'aws-cdk-lib/assertions';
import { Duration } from 'aws-cdk-lib/core';
import { AlarmLimit, HaikuAlarms, HaikuAlarmsProps, HaikuInvoker, PromptCaching } from '../../src';
import { stackIn } from '../kit/stack';
import { AlarmProperties, periodOf, raisedAt } from '../stand-ins/cloudwatch/alarms';
import { DAY, Incident, SimulatedDays } from '../stand-ins/cloudwatch/simulated-days';

/** The alarms of one invoker, as a deployment has them, by the first part of their ids. */
function alarmsOf(props: Partial<HaikuAlarmsProps> = {}): Record<string, AlarmProperties> {
  const stack = stackIn('eu-west-1');
  const invoker = new HaikuInvoker(stack, 'Invoker', { promptCaching: PromptCaching.systemPrompt() });
  new HaikuAlarms(stack, 'Alarms', { invokers: [invoker], monthlyBudget: 2_500, quotas: [{ requestsPerMinute: 200, tokensPerMinute: 400_000 }], ...props });
  const found = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.fromEntries(Object.entries(found).map(([id, { Properties: properties }]) => [/^Alarms([A-Za-z]+?)(?:Invoker|ClaudeHaiku45GEO)/.exec(id)![1], properties as AlarmProperties]));
}

/** Two weeks without anything, from which CloudWatch learns, and a day with something. */
const HISTORY = 14;
const at = (hour: number) => HISTORY * DAY + hour * 60;

/** The alarms that were raised on the last day. */
function raisedOn(incidents: Incident[], alarms = alarmsOf()): string[] {
  const days = new SimulatedDays(HISTORY + 1, 20_261_127, incidents);
  return Object.entries(alarms).filter(([, alarm]) => {
    const until = (index: number) => (index + 1) * periodOf(alarm) / 60;
    return raisedAt(alarm, (metric) => days.data(metric)).some((index) => until(index) > HISTORY * DAY);
  }).map(([id]) => id).sort();
}

const INCIDENTS: Record<string, [Incident[], string[]]> = {
  'a day like any other': [[], []],
  'a throttle storm of an hour': [[{ from: at(14), to: at(15), change: () => ({ throttled: 0.4 }) }], ['Throttles']],
  'a prompt with the time in it, deployed at ten': [[{ from: at(10), to: at(24), change: () => ({ cacheHits: 0 }) }], ['CacheMisses']],
  'a slow Region for two hours': [[{ from: at(13), to: at(15), change: () => ({ slowness: 3 }) }], ['Latency']],
  'a service that fails a fifth of all calls': [[{ from: at(11), to: at(11.5), change: () => ({ serverErrors: 0.2 }) }], ['ServerErrors']],
  'somebody who tries what the model refuses': [[{ from: at(9), to: at(11), change: () => ({ refused: 0.3 }) }], ['Refusals']],
  // Twelve times as many calls fill the quota, too.
  'a loop that calls all afternoon': [[{ from: at(12), to: at(18), change: ({ calls }) => ({ calls: calls * 12 }) }], ['RequestQuota', 'Spend', 'TokenQuota']],
  // Longer answers take longer.
  'answers eight times as long': [[{ from: at(0), to: at(24), change: () => ({ output: 3_200 }) }], ['Latency', 'Spend', 'TokenQuota']],
  // Short of what an alarm is for.
  'a minute of throttles': [[{ from: at(14), to: at(14) + 1, change: () => ({ throttled: 0.4 }) }], []],
  'a deployment, after which each Region writes the cache anew': [[{ from: at(14), to: at(14) + 3, change: () => ({ cacheHits: 0 }) }], []],
  'ten slow minutes': [[{ from: at(14), to: at(14) + 9, change: () => ({ slowness: 3 }) }], []],
};

test.each(Object.entries(INCIDENTS))('%s', (_, [incidents, raised]) => {
  expect(raisedOn(incidents)).toEqual(raised);
});

test('a quiet month raises no alarm', () => {
  const month = new SimulatedDays(30, 20_261_128);
  const raised = Object.fromEntries(Object.entries(alarmsOf()).map(([id, alarm]) => [id, raisedAt(alarm, (metric) => month.data(metric)).length]));
  expect(raised).toEqual({
    Throttles: 0, ServerErrors: 0, Latency: 0, CacheMisses: 0, Refusals: 0, Spend: 0, TokenQuota: 0, RequestQuota: 0, LegacyModel: 0,
  });
});

test('a limit of the user\'s counts in place of the standard one', () => {
  const storm: Incident[] = [{ from: at(14), to: at(15), change: () => ({ throttled: 0.4 }) }];
  expect(raisedOn(storm, alarmsOf({ throttles: AlarmLimit.above(60) }))).toEqual([]);
  expect(raisedOn(storm, alarmsOf({ throttles: AlarmLimit.off() }))).toEqual([]);
  const slow: Incident[] = [{ from: at(13), to: at(13) + 5, change: () => ({ slowness: 3 }) }];
  expect(raisedOn(slow)).toEqual([]);
  expect(raisedOn(slow, alarmsOf({ latency: AlarmLimit.above(6_000, { period: Duration.minutes(5), evaluationPeriods: 1 }) }))).toEqual(['Latency']);
});

test('where nobody calls, nothing is raised', () => {
  expect(raisedOn([{ from: at(0), to: at(24), change: () => ({ calls: 0 }) }])).toEqual([]);
});
