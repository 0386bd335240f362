import { CacheMisses } from './cache-misses';
import { added, CallMetrics } from './call-metrics';
import type { CallContext, CallRecord } from './call-record';
import { levelOf, LogLevels } from './log-level';
import { DEFAULT_METRICS_NAMESPACE } from '../../../contract/invoker-metrics';
import type { Environment } from '../../../contract/invoker-variables';
import type { InvokerConfig } from '../config/config';
import { bounded } from '../failures/errors';
import { jsonText } from '../json/exact-json';

/** What the log needs from outside. */
export interface CallLogParts {
  readonly config: InvokerConfig;
  readonly dialect: string;
  readonly env: Environment;
  /** Standard output itself: under Lambda's JSON format, console.log would turn the metrics into a string. */
  readonly write: (line: string) => void;
}

/** Writes one JSON line a call, which CloudWatch also reads as embedded metrics. Never holds prompt or answer text. */
export class CallLog {
  private readonly fixed: Record<string, unknown>;
  private readonly levels: LogLevels;
  private readonly metrics: CallMetrics;
  private readonly misses = new CacheMisses();

  constructor(private readonly parts: CallLogParts) {
    const { config: { modelId, endpoint, region, options }, env } = parts;
    this.metrics = new CallMetrics(options.metricsNamespace ?? DEFAULT_METRICS_NAMESPACE, env.AWS_LAMBDA_FUNCTION_NAME || 'unknown');
    this.levels = new LogLevels(env);
    this.fixed = { modelId, endpoint, region, dialect: parts.dialect };
  }

  record(record: CallRecord): void {
    const at = record.endedAt ?? record.startedAt;
    const metrics = this.metrics.fields(record, at);
    const level = levelOf(record);
    const cacheMiss = this.misses.reasonOf(record);
    // Lambda would drop the line, and the metrics with it: they go alone, at a level that passes.
    if (!this.levels.passes(level)) return this.write({ ...metrics, ...this.levels.lowest(at), message: 'metrics' });
    const fields = added(record, (addition) => addition.fields(record));
    this.write({ ...metrics, ...this.levels.fields(level, at), ...this.fixed, ...properties(record), cacheMiss, ...fields });
  }

  /** Prompt and answer, or what the service said instead, on a line of their own: a long one must not cost the metrics. Only when the user asked for it. */
  content(record: CallRecord, request: unknown, answer: unknown): void {
    const { call, requestId, error } = record;
    const line = {
      ...this.levels.fields(levelOf(record), record.endedAt ?? record.startedAt),
      message: 'content',
      lambdaRequestId: call.lambdaRequestId,
      requestId,
      reason: error?.full,
    };
    try {
      this.write({ ...line, request, answer });
    } catch {
      // JSON that is read without recursion may be too deep to be written with it; the call's own error is the one to report.
      this.write({ ...line, request: 'JSON nested too deeply to be written' });
    }
  }

  /** How many messages of a batch were not asked: no call of their own says so. */
  notAsked({ source, lambdaRequestId }: CallContext, counts: Record<string, number>, at: number): void {
    this.write({ ...this.levels.fields('WARN', at), message: 'not asked', source, lambdaRequestId, ...counts });
  }

  private write(line: object): void {
    this.parts.write(`${jsonText(line)}\n`);
  }
}

function properties({ call, facts, error, prepared, ...record }: CallRecord): Record<string, unknown> {
  return {
    message: error ? 'failed' : record.abandoned ? 'abandoned' : 'answered',
    source: call.source,
    streamed: record.streamed,
    lambdaRequestId: call.lambdaRequestId,
    requestId: short(record.requestId),
    attempts: record.attempts,
    // Why there was more than one: the failures that another attempt followed.
    retried: record.attempts > 1 ? record.failures.slice(0, record.attempts - 1) : undefined,
    stopReason: short(facts?.stopReason),
    refused: facts?.refused,
    guardrailIntervened: facts?.guardrailIntervened,
    serviceTier: short(facts?.serviceTier ?? record.serviceTier),
    cacheCheckpointsLeftOut: prepared?.cache.leftOut || undefined,
    error: error?.name,
    errorCode: error?.code,
    status: error?.status,
    reason: error?.message,
  };
}

/** A name that the service gives, never so long that it could be anything else. */
function short(name: string | undefined): string | undefined {
  return name && bounded(name, 100);
}
