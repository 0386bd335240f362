import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricValues } from './metric-values';

const MILLISECONDS = ['Latency', 'TimeToFirstToken'];

/** The part of an embedded-metrics line that says which of its fields are metrics, and the dimensions' values. */
interface Frame {
  readonly _aws: { readonly Timestamp: number; readonly CloudWatchMetrics: unknown };
  readonly [dimension: string]: unknown;
}

/** Writes calls in CloudWatch's embedded metric format, as Powertools does. */
export class CallMetrics {
  private readonly metrics: Metrics;
  private readonly frames = new Map<string, Frame>();

  /** One dimension, which the construct knows: its own function. */
  constructor(namespace: string, functionName: string) {
    this.metrics = new Metrics({ namespace });
    this.metrics.clearDefaultDimensions();
    this.metrics.setDefaultDimensions({ FunctionName: functionName });
  }

  /** The fields of the line. Powertools writes the frame once for each set of metrics: anew it takes 65 microseconds a call. */
  format(values: MetricValues, timestamp: number): Record<string, unknown> {
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    const key = names.join();
    const frame = this.frames.get(key) ?? this.frame(names);
    this.frames.set(key, frame);
    return { ...frame, _aws: { ...frame._aws, Timestamp: timestamp }, ...Object.fromEntries(names.map((name) => [name, values[name]])) };
  }

  private frame(names: string[]): Frame {
    for (const name of names) this.metrics.addMetric(name, MILLISECONDS.includes(name) ? MetricUnit.Milliseconds : MetricUnit.Count, 0);
    const frame = this.metrics.serializeMetrics();
    this.metrics.clearMetrics();
    return frame as unknown as Frame;
  }
}
