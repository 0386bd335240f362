import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import type { CallRecord } from './call-record';
import type { InvokerConfig } from './config';
import type { Environment } from './environment';

export const DEFAULT_NAMESPACE = 'HaikuInvoker';

/** Writes one JSON line a call, which CloudWatch also reads as embedded metrics. Never holds prompt or answer text. */
export class CallLog {
  private readonly metrics: Metrics;
  private readonly fixed: Record<string, unknown>;

  /** Lines go to standard output itself: under Lambda's JSON format, console.log would turn the metrics into a string. */
  constructor(config: InvokerConfig, dialect: string, env: Environment, private readonly write: (line: string) => void) {
    this.metrics = new Metrics({ namespace: config.options.metricsNamespace ?? DEFAULT_NAMESPACE });
    // One dimension, known to the construct: its own function.
    this.metrics.clearDefaultDimensions();
    this.metrics.setDefaultDimensions({ FunctionName: env.AWS_LAMBDA_FUNCTION_NAME || 'unknown' });
    this.fixed = { modelId: config.modelId, endpoint: config.endpoint, region: config.region, dialect };
  }

  record(record: CallRecord): void {
    this.addMetrics(record);
    const line = { ...this.metrics.serializeMetrics(), ...this.fixed, ...properties(record) };
    this.metrics.clearMetrics();
    this.write(`${JSON.stringify(line)}\n`);
  }

  /** Prompt and answer, on a line of their own: a long one must not cost the metrics. Called only when the user asked for it. */
  content(record: CallRecord, request: unknown, answer: unknown): void {
    this.write(`${JSON.stringify({ message: 'content', lambdaRequestId: record.call.lambdaRequestId, requestId: record.requestId, request, answer })}\n`);
  }

  private addMetrics({ facts, error, prepared, ...record }: CallRecord): void {
    const count = (name: string, value: number | undefined) => value !== undefined && this.metrics.addMetric(name, MetricUnit.Count, value);
    const milliseconds = (name: string, until: number | undefined) =>
      until !== undefined && this.metrics.addMetric(name, MetricUnit.Milliseconds, until - record.startedAt);
    count('Invocations', 1);
    milliseconds('Latency', record.endedAt);
    milliseconds('TimeToFirstToken', record.firstTokenAt);
    count('InputTokens', facts?.inputTokens);
    count('OutputTokens', facts?.outputTokens);
    count('CacheReadTokens', facts?.cacheReadTokens);
    count('CacheWriteTokens', facts?.cacheWriteTokens);
    count('Retries', Math.max(record.attempts - 1, 0));
    count('Throttles', record.throttles);
    count('ClientErrors', error && error.status < 500 ? 1 : 0);
    count('ServerErrors', error && error.status >= 500 ? 1 : 0);
    count('ToolCalls', facts?.toolCalls);
    count('ToolFailures', prepared?.toolFailures);
    count('Refusals', facts && Number(facts.refused));
    count('GuardrailInterventions', facts && Number(facts.guardrailIntervened));
  }
}

function properties({ call, facts, error, prepared, ...record }: CallRecord): Record<string, unknown> {
  return {
    message: error ? 'failed' : record.abandoned ? 'abandoned' : 'answered',
    source: call.source,
    streamed: record.streamed,
    lambdaRequestId: call.lambdaRequestId,
    requestId: record.requestId,
    attempts: record.attempts,
    stopReason: facts?.stopReason,
    refused: facts?.refused,
    guardrailIntervened: facts?.guardrailIntervened,
    serviceTier: facts?.serviceTier ?? record.serviceTier,
    cacheCheckpointsLeftOut: prepared?.cache.leftOut || undefined,
    error: error?.name,
    errorCode: error?.code,
    status: error?.status,
  };
}
