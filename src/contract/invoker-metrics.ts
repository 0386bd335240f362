/** The CloudWatch namespace of the embedded metrics, where the construct names no other. */
export const DEFAULT_METRICS_NAMESPACE = 'HaikuInvoker';

/** The one dimension of each metric: the function that wrote it. */
export const METRICS_DIMENSION = 'FunctionName';

/** What each call measures, and in which unit of CloudWatch. The construct's methods and the handler's lines use these names and no others. */
export const METRICS = {
  Invocations: 'Count',
  Latency: 'Milliseconds',
  TimeToFirstToken: 'Milliseconds',
  InputTokens: 'Count',
  OutputTokens: 'Count',
  MaxTokens: 'Count',
  CacheReadTokens: 'Count',
  CacheWriteTokens: 'Count',
  Retries: 'Count',
  Throttles: 'Count',
  ClientErrors: 'Count',
  ServerErrors: 'Count',
  ToolCalls: 'Count',
  ToolFailures: 'Count',
  Refusals: 'Count',
  GuardrailInterventions: 'Count',
  Escalations: 'Count',
  EscalationFailures: 'Count',
  Cost: 'None',
} as const;

/** What a ladder measures of each rung, from the first one on, besides. */
export const RUNG_METRICS: readonly string[] = [1, 2, 3]
  .flatMap((rung) => ['InputTokens', 'OutputTokens', 'CacheReadTokens', 'CacheWriteTokens', 'Cost'].map((name) => `Rung${rung}${name}`));

export type MetricName = keyof typeof METRICS;
