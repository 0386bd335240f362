import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Token } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { HaikuInvoker } from '../../src';
import { METRICS, RUNG_METRICS } from '../../src/contract/invoker-metrics';
import { ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

test('each metric is one that the handler writes, of this function', () => {
  const invoker = invokerWith();
  const metrics: Array<[Metric, string, string]> = [
    [invoker.metricInvocations(), 'Invocations', 'Sum'],
    [invoker.metricClientErrors(), 'ClientErrors', 'Sum'],
    [invoker.metricServerErrors(), 'ServerErrors', 'Sum'],
    [invoker.metricThrottles(), 'Throttles', 'Sum'],
    [invoker.metricRetries(), 'Retries', 'Sum'],
    [invoker.metricLatency(), 'Latency', 'Average'],
    [invoker.metricTimeToFirstToken(), 'TimeToFirstToken', 'Average'],
    [invoker.metricInputTokens(), 'InputTokens', 'Sum'],
    [invoker.metricOutputTokens(), 'OutputTokens', 'Sum'],
    [invoker.metricMaxTokens(), 'MaxTokens', 'Sum'],
    [invoker.metricCacheReadTokens(), 'CacheReadTokens', 'Sum'],
    [invoker.metricCacheWriteTokens(), 'CacheWriteTokens', 'Sum'],
    [invoker.metricToolCalls(), 'ToolCalls', 'Sum'],
    [invoker.metricToolFailures(), 'ToolFailures', 'Sum'],
    [invoker.metricRefusals(), 'Refusals', 'Sum'],
    [invoker.metricGuardrailInterventions(), 'GuardrailInterventions', 'Sum'],
  ];
  for (const [metric, metricName, statistic] of metrics) {
    expect(metric).toMatchObject({
      namespace: 'HaikuInvoker',
      metricName,
      statistic,
      period: Duration.minutes(5),
      region: 'us-east-1',
      account: ACCOUNT,
      dimensions: { FunctionName: invoker.lambdaFunction.functionName },
    });
  }
});

test('a metric can be asked for otherwise, and is in the namespace that the handler was given', () => {
  const metric = invokerWith({ metricsNamespace: 'Mine' }).metricLatency({ statistic: 'p99', period: Duration.minutes(1) });
  expect(metric).toMatchObject({ namespace: 'Mine', metricName: 'Latency', statistic: 'p99', period: Duration.minutes(1) });
});

test('errors are those of the caller and those of the service', () => {
  const stack = stackIn('us-east-1');
  const invoker = new HaikuInvoker(stack, 'Invoker');
  invoker.metricErrors({ period: Duration.minutes(1) }).createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  const part = (id: string, MetricName: string) => ({
    Id: id,
    MetricStat: {
      Metric: { Namespace: 'HaikuInvoker', MetricName, Dimensions: [{ Name: 'FunctionName', Value: stack.resolve(invoker.lambdaFunction.functionName) }] },
      Period: 60,
      Stat: 'Sum',
    },
    ReturnData: false,
  });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: [
      { Expression: 'client + server', Id: Match.anyValue(), Label: 'Errors' },
      part('client', 'ClientErrors'),
      part('server', 'ServerErrors'),
    ],
  });
});

test('any metric that the function writes can be asked for by its name, as Lambda\'s own can', () => {
  const invoker = invokerWith();
  expect(invoker.metric('OutputTokens')).toMatchObject({
    namespace: 'HaikuInvoker',
    metricName: 'OutputTokens',
    statistic: 'Average',
    period: Duration.minutes(5),
    region: 'us-east-1',
    account: ACCOUNT,
    dimensions: { FunctionName: invoker.lambdaFunction.functionName },
  });
  expect(invoker.metric('Latency', { statistic: 'p90', dimensionsMap: { Mine: 'x' } })).toMatchObject({ statistic: 'p90', dimensions: { Mine: 'x' } });
  const all = [...Object.keys(METRICS), ...RUNG_METRICS].map((name) => JSON.stringify(name)).join(', ');
  const refused = (name: string) => `metricName is not a metric that the function writes, got ${JSON.stringify(name)}; expected one of ${all}.`;
  expect(thrown(() => invoker.metric('Eror'))).toBe(`${refused('Eror')} The method metricErrors adds up ClientErrors and ServerErrors.`);
  expect(thrown(() => invoker.metric('latency'))).toBe(`${refused('latency')} The nearest is "Latency".`);
  expect(invoker.metric(Token.asString({ Ref: 'Name' })).metricName).toMatch(/^\$\{Token/);
  expect(thrown(() => invoker.metric(undefined as never))).toBe('metricName is not text, got undefined; expected a string. It cannot be left out.');
});
