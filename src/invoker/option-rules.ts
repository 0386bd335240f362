import { Duration, Token } from 'aws-cdk-lib/core';
import { DEFAULT_MAX_TOKENS, DEFAULT_RETRY } from '../contract/invoker-defaults';
import type { InvokerOptions, OptionVariable } from '../contract/invoker-options';
import { optionVariable } from '../contract/invoker-variables';

/** What the handler holds a value to that is known only at deploy time. */
type OptionRule = Omit<OptionVariable, 'path' | 'name'>;

/** The handler's own bounds of a wait, where the props have none. */
export const DEFAULT_BASE_DELAY = Duration.millis(DEFAULT_RETRY.baseDelayMs);
export const DEFAULT_MAX_DELAY = Duration.seconds(DEFAULT_RETRY.maxDelayMs / 1000);
export const LEAST_ATTEMPT = Duration.seconds(1);

/** What of the function limits its options. */
export interface FunctionBounds {
  readonly timeout?: Duration;
  /** Whether it streams its answers. */
  readonly streams?: boolean;
}

/** The rules of synthesis for literals, by where they are in the options, for the handler to hold to them what is known only at deploy time. */
export class OptionRules {
  private readonly rules: Record<string, OptionRule>;

  constructor(options: InvokerOptions, { timeout, streams }: FunctionBounds) {
    const { maxTokens, thinkingBudgetTokens: budget, retry = {}, limits = {} } = options;
    const { maxOutputTokens = Infinity, streamingRequiredAbove = Infinity, minThinkingBudget = 1 } = limits;
    const longestAnswer = Math.min(maxOutputTokens, budget === undefined || streams ? Infinity : streamingRequiredAbove);
    const longest = timeout?.isUnresolved() ? undefined : timeout?.toMilliseconds();
    const beside = maxTokens !== undefined && Token.isUnresolved(maxTokens);
    this.rules = {
      // What a deployment leaves out is no guardrail, which nobody asked for.
      'guardrail.id': { needed: true },
      'guardrail.version': { needed: true },
      'maxTokens': whole((literal(budget) ?? 0) + 1, longestAnswer),
      'thinkingBudgetTokens': beside ? besideMaxTokens(minThinkingBudget) : whole(minThinkingBudget, (maxTokens ?? DEFAULT_MAX_TOKENS) - 1),
      'temperature': fraction(1),
      'topP': fraction(1),
      'retry.maxAttempts': whole(1),
      'retry.baseDelayMs': whole(0, literal(retry.maxDelayMs ?? DEFAULT_MAX_DELAY.toMilliseconds())),
      'retry.maxDelayMs': whole(literal(retry.baseDelayMs ?? DEFAULT_BASE_DELAY.toMilliseconds()) ?? 0),
      'retry.attemptTimeoutMs': whole(LEAST_ATTEMPT.toMilliseconds(), longest),
    };
  }

  /** The rule for what stands there; none for a text that must not be blank. */
  public of(path: string[]): OptionRule {
    // Left out, another object or none would be read.
    if (path[0] === 'systemSource') return { needed: true };
    return path[0] === 'requestMetadata' ? { type: 'any' } : this.rules[path.join('.')] ?? {};
  }
}

function whole(least: number, most = Infinity): OptionRule {
  // JSON has no number without end.
  if (most === Infinity) return { type: 'whole', least, expected: `a whole number of at least ${least}` };
  return { type: 'whole', least, most, expected: `a whole number from ${least} to ${most}` };
}

/** A thinking budget where the output tokens are known only at deploy time too. */
function besideMaxTokens(least: number): OptionRule {
  const below = optionVariable(['maxTokens']);
  return { type: 'whole', least, below, expected: `a whole number of at least ${least}, less than ${below}` };
}

function fraction(most: number): OptionRule {
  return { type: 'number', most, expected: `a number from 0 to ${most}` };
}

function literal(value: number | undefined): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
