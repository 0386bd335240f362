import { Token, Tokenization } from 'aws-cdk-lib/core';
import { FunctionBounds, OptionRules } from './option-rules';
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
      const literal = this.literal(inner, [...path, key], nameOf([...path, key], index));
      return literal === undefined ? [] : [[key, literal]];
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
