import { IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { MetricName } from '../contract/invoker-metrics';
import { IHaikuInvoker } from '../invoker/haiku-invoker-interface';

/** Where a construct is in its stack: it stays when others come and go. */
export function pathInStack(construct: IConstruct): string {
  return construct.node.path.slice(Stack.of(construct).node.path.length).replace(/^\//, '');
}

/** How a line of a graph looks, and what one of its points stands for. */
export interface MathsOptions {
  readonly label: string;
  readonly period: Duration;
  readonly color?: string;
}

/** One of the invokers that are watched together. */
export interface Member {
  readonly invoker: IHaikuInvoker;
  /** What a graph calls it. */
  readonly name: string;
  /** Tells its metrics from those of the others. */
  readonly index: number;
}

/**
 * Invokers that are watched together. What is said of all of them is metric maths. The ids in it are short, since CloudWatch takes
 * 2,048 characters of an expression, and the same in every expression, since those of one graph share them.
 */
export class InvokerGroup {
  public static of(invokers: IHaikuInvoker[]): InvokerGroup {
    const paths = invokers.map(pathInStack);
    const twice = new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
    return new InvokerGroup(invokers.map((invoker, index) => ({ invoker, index, name: twice.has(paths[index]) ? invoker.node.path : paths[index] })));
  }

  private constructor(public readonly members: readonly Member[]) {}

  /** Those of whom something is true, under the same ids. */
  public where(holds: (invoker: IHaikuInvoker) => boolean): InvokerGroup {
    return new InvokerGroup(this.members.filter(({ invoker }) => holds(invoker)));
  }

  /** The groups of those that have something in common, by what that is. */
  public by(key: (invoker: IHaikuInvoker) => string): Map<string, InvokerGroup> {
    const keys = [...new Set(this.members.map(({ invoker }) => key(invoker)))];
    return new Map(keys.map((each) => [each, this.where((invoker) => key(invoker) === each)]));
  }

  /** An expression over sums of metrics of all of them: `sum('Invocations')` stands for calls of any. */
  public maths(options: MathsOptions, expression: (sum: (name: MetricName) => string) => string): MathExpression {
    const usingMetrics: Record<string, IMetric> = {};
    const sum = (name: MetricName) => {
      const ids = this.members.map(({ invoker, index }) => {
        const id = `${IDS[name]}${index}`;
        usingMetrics[id] = invoker.metric(name, { statistic: Stats.SUM, period: options.period });
        return id;
      });
      return `SUM([${ids.join(',')}])`;
    };
    return new MathExpression({ expression: expression(sum), usingMetrics, ...options });
  }
}

const IDS: Record<MetricName, string> = {
  Invocations: 'n',
  Latency: 'l',
  TimeToFirstToken: 'f',
  InputTokens: 'i',
  OutputTokens: 'o',
  MaxTokens: 'x',
  CacheReadTokens: 'r',
  CacheWriteTokens: 'w',
  Retries: 'y',
  Throttles: 't',
  ClientErrors: 'c',
  ServerErrors: 's',
  ToolCalls: 'a',
  ToolFailures: 'b',
  Refusals: 'd',
  GuardrailInterventions: 'g',
  Escalations: 'e',
  EscalationFailures: 'u',
  Cost: 'k',
};
