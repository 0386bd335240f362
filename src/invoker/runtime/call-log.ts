import type { CallMetrics } from './call-metrics';
import type { CallContext, CallRecord } from './call-record';
import type { InvokerConfig } from './config';
import type { Environment } from './environment';
import { metricValues } from './metric-values';

export const DEFAULT_NAMESPACE = 'HaikuInvoker';

/** What the log needs from outside. */
export interface CallLogParts {
  readonly config: InvokerConfig;
  readonly dialect: string;
  readonly env: Environment;
  /** Standard output itself: under Lambda's JSON format, console.log would turn the metrics into a string. */
  readonly write: (line: string) => void;
  /** The metrics library, loaded when it is first needed. */
  readonly loadMetrics: () => Promise<{ readonly CallMetrics: typeof CallMetrics }>;
}

/** Writes one JSON line a call, which CloudWatch also reads as embedded metrics. Never holds prompt or answer text. */
export class CallLog {
  private readonly fixed: Record<string, unknown>;
  private metrics?: Promise<CallMetrics>;

  constructor(private readonly parts: CallLogParts) {
    const { modelId, endpoint, region } = parts.config;
    this.fixed = { modelId, endpoint, region, dialect: parts.dialect };
  }

  /** Loads what writing needs, once. To be called ahead of the first `record`, while something else is waited for. */
  prepare(): Promise<CallMetrics> {
    const { config, env, loadMetrics } = this.parts;
    return this.metrics ??= loadMetrics().then((loaded) =>
      new loaded.CallMetrics(config.options.metricsNamespace ?? DEFAULT_NAMESPACE, env.AWS_LAMBDA_FUNCTION_NAME || 'unknown'));
  }

  async record(record: CallRecord): Promise<void> {
    const metrics = await this.prepare();
    this.write({ ...metrics.format(metricValues(record), record.endedAt ?? record.startedAt), ...this.fixed, ...properties(record) });
  }

  /** Prompt and answer, on a line of their own: a long one must not cost the metrics. Called only when the user asked for it. */
  content({ call, requestId }: CallRecord, request: unknown, answer: unknown): void {
    this.write({ message: 'content', lambdaRequestId: call.lambdaRequestId, requestId, request, answer });
  }

  /** How many messages of a batch were not asked: no call of their own says so. */
  notAsked({ source, lambdaRequestId }: CallContext, counts: Record<string, number>): void {
    this.write({ message: 'not asked', source, lambdaRequestId, ...counts });
  }

  private write(line: object): void {
    this.parts.write(`${JSON.stringify(line)}\n`);
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
