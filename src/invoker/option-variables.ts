import { Token, Tokenization, Duration } from 'aws-cdk-lib/core';
import { DEFAULT_BASE_DELAY, DEFAULT_MAX_DELAY, LEAST_ATTEMPT } from './invoker-retry';
import { DEFAULT_MAX_TOKENS } from '../contract/invoker-defaults';
import type { InvokerOptions, OptionVariable, WrittenOptions } from '../contract/invoker-options';
import { optionVariable } from '../contract/invoker-variables';
import { HaikuError } from '../private/errors';

/** CloudFormation puts a value in the place of such a reference, and knows nothing of JSON around it. */
const DYNAMIC_REFERENCE = '{{resolve:';

/**
 * The handler's options, apart by when they are known: literals make up one JSON object; a value that is known only at deploy time
 * has an environment variable of its own, since a quotation mark or a line break in it would break the JSON.
 */
export class OptionVariables {
  public static of(options: InvokerOptions, bounds: FunctionBounds): OptionVariables {
    const variables = new OptionVariables(new OptionRules(options, bounds));
    const literals = variables.literals(options, []) as InvokerOptions;
    variables.#written = { ...literals, ...variables.#variables.length > 0 && { variables: variables.#variables } };
    return variables;
  }

  /** The environment variables, by name. */
  public readonly environment: Record<string, string> = {};
  readonly #variables: OptionVariable[] = [];
  #written: WrittenOptions = {};

  private constructor(private readonly rules: OptionRules) {}

  /** What the JSON object is to hold: the literals, and where the rest is. */
  public get written(): WrittenOptions { return this.#written; }

  private literals(value: object, path: string[]): object | undefined {
    const entries = Object.entries(value).flatMap(([key, inner]: [string, unknown], index) => {
      if (Token.isUnresolved(key)) throw unknownKey(path);
      const written = this.literal(inner, [...path, key], nameOf([...path, key], index));
      return written === undefined ? [] : [[key, written]];
    });
    return entries.length > 0 || path.length === 0 ? Object.fromEntries(entries) as object : undefined;
  }

  private literal(value: unknown, path: string[], name: string): unknown {
    if (typeof value === 'string' && (Token.isUnresolved(value) || value.includes(DYNAMIC_REFERENCE))) return this.add(path, name, value);
    if (typeof value === 'number' && Token.isUnresolved(value)) return this.add(path, name, Tokenization.stringifyNumber(value));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? this.literals(value, path) : value;
  }

  private add(path: string[], name: string, value: string): undefined {
    this.#variables.push({ path, name, ...this.rules.of(path) });
    this.environment[name] = value;
  }
}

/** The keys of metadata are the user's, so those count. */
function nameOf(path: string[], index: number): string {
  return optionVariable(path[0] === 'requestMetadata' ? [path[0], String(index + 1)] : path);
}

function unknownKey(path: string[]): HaikuError {
  return new HaikuError(
    `${path.join('.')} has a key that is known only at deploy time; expected literal keys, whose values may be known only then. Write the keys into the app.`);
}

/** What the handler holds a value to that is known only at deploy time. */
type OptionRule = Omit<OptionVariable, 'path' | 'name'>;

/** What of the function limits its options. */
export interface FunctionBounds {
  readonly timeout?: Duration;
  /** Whether it streams its answers. */
  readonly streams?: boolean;
}

/** The rules of synthesis for literals, by where they are in the options, for the handler to hold to them what is known only at deploy time. */
class OptionRules {
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
    if (['systemSource', 'escalation', 'traffic'].includes(path[0])) return { needed: true };
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
