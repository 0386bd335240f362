import type { CallRecord } from './call-record';

/** A metric's value in one call; an absent one was not measured. */
export type MetricValues = { readonly [name: string]: number | undefined };

/** What a call measures, by the names that CloudWatch shows. */
export function metricValues({ facts, error, prepared, ...record }: CallRecord): MetricValues {
  // What the function itself lacks, such as a permission, is no caller's error, whoever calls it.
  const status = error?.forCallers().status ?? 200;
  return {
    Invocations: 1,
    Latency: record.endedAt && record.endedAt - record.startedAt,
    TimeToFirstToken: record.firstTokenAt && record.firstTokenAt - record.startedAt,
    InputTokens: facts?.inputTokens,
    OutputTokens: facts?.outputTokens,
    CacheReadTokens: facts?.cacheReadTokens,
    CacheWriteTokens: facts?.cacheWriteTokens,
    Retries: Math.max(record.attempts - 1, 0),
    Throttles: record.throttles,
    ClientErrors: status >= 400 && status < 500 ? 1 : 0,
    ServerErrors: status >= 500 ? 1 : 0,
    ToolCalls: facts?.toolCalls,
    ToolFailures: prepared?.toolFailures,
    Refusals: facts && Number(facts.refused),
    GuardrailInterventions: facts && Number(facts.guardrailIntervened),
  };
}
