/** What is known about an answer without its text. An absent number was not reported. */
export interface AnswerFacts {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly stopReason?: string;
  readonly toolCalls: number;
  readonly refused: boolean;
  readonly guardrailIntervened: boolean;
  readonly serviceTier?: string;
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
