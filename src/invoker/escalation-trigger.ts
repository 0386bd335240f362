import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, Token } from 'aws-cdk-lib/core';
import { referenceFault, schemaFault } from './json-schema-shape';
import { DEFAULT_VERDICT_MS, TriggerName, Triggers } from '../contract/escalation';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, isDeployTimeValue, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkKind, DURATION, objectWith, required, struct, TEXT } from '../private/prop-kind';

const FUNCTION = objectWith('a Lambda function', 'a lambda.Function', ['functionArn', 'functionName', 'grantInvoke', 'env']);
const SCHEMA = struct('a JSON schema, which is an object');
const MOST_RUBRIC = 20_000;

/**
 * A reason for a HaikuInvoker to ask the next model of its ladder.
 *
 * A request that is wrong (4xx) and access that is missing are never reasons: the next model would be asked the same, and paid for it.
 */
export class EscalationTrigger {
  /** The answer's text is no JSON. JSON in a fence of Markdown is none: who reads the answer could not parse it either. */
  public static notJson(): EscalationTrigger {
    return new EscalationTrigger(FACTORY, 'notJson', true);
  }

  /**
   * The answer's text is no JSON, or its JSON does not fit a schema (JSON Schema, drafts 4, 7, 2019-09 and 2020-12).
   *
   * Throws if the schema is none, with the place of what is wrong; if it refers to another document; or if it is not known at synth time.
   */
  public static schemaViolation(schema: { [key: string]: unknown }): EscalationTrigger {
    checkKind('schema', schema, required(SCHEMA));
    return new EscalationTrigger(FACTORY, 'schemaViolation', checkedSchema(schema));
  }

  /** The answer ended at `max_tokens`. A rung's `maxTokens` gives it more. */
  public static maxTokens(): EscalationTrigger {
    return new EscalationTrigger(FACTORY, 'maxTokens', true);
  }

  /** The model refused to answer (`stop_reason` is `refusal`). What a guardrail blocked is no refusal of the model. */
  public static refusal(): EscalationTrigger {
    return new EscalationTrigger(FACTORY, 'refusal', true);
  }

  /** The answer calls a tool with an input that does not fit the tool's own `input_schema`. */
  public static toolInputViolation(): EscalationTrigger {
    return new EscalationTrigger(FACTORY, 'toolInputViolation', true);
  }

  /**
   * The number in a field of the answer's JSON is below a bound, or is not there.
   *
   * Throws if the field has no name, or the bound is no number.
   *
   * @param field - its name, with dots between names for a field within others, for example `result.confidence`
   * @param bound - the least that stands
   */
  public static confidenceBelow(field: string, bound: number): EscalationTrigger {
    checkKind('field', field, required(TEXT));
    if (field === '' || Token.isUnresolved(field) || field.split('.').includes('')) {
      throw new HaikuError(`field is not the name of a field, got ${Token.isUnresolved(field) ? 'an unresolved token' : shown(field)}; expected for example "confidence" or "result.confidence". Name the field of the answer's JSON.`);
    }
    if (typeof bound !== 'number' || !Number.isFinite(bound) || Token.isUnresolved(bound)) {
      throw new HaikuError(`bound is not a number that is known at synth time, got ${shown(bound)}; expected for example 0.8. Pass the least confidence that stands.`);
    }
    return new EscalationTrigger(FACTORY, 'confidenceBelow', { field, bound });
  }

  /**
   * The service throttled the model or was overloaded, after the last attempt that `retry` allows. It is the one reason for which an
   * answer that is streamed can come from another model: nothing of it has been passed on.
   */
  public static unavailable(): EscalationTrigger {
    return new EscalationTrigger(FACTORY, 'unavailable', true);
  }

  /**
   * A Lambda function says that the answer does not pass. It is invoked with `request`, `answer` and `model`, and returns an object
   * with `passes`, true or false. Where it fails or takes too long, the answer stands. The invoker's role may then invoke it.
   *
   * Throws if the time limit is not above zero.
   *
   * @param decider - the function, of the invoker's own account
   * @param timeLimit - how long it may take; 5 seconds if left out
   */
  public static verdict(decider: IFunction, timeLimit?: Duration): EscalationTrigger {
    checkKind('decider', decider, required(FUNCTION));
    checkKind('timeLimit', timeLimit, DURATION);
    checkExactArn('decider', decider.functionArn, 'the ARN of one function');
    const timeLimitMs = timeLimit === undefined || timeLimit.isUnresolved() ? DEFAULT_VERDICT_MS : timeLimit.toMilliseconds();
    if (timeLimit?.isUnresolved() || timeLimitMs <= 0) {
      throw new HaikuError(`timeLimit is no time that a verdict can take, got ${timeLimit!.isUnresolved() ? 'an unresolved token' : shown(timeLimit!.toString())}; expected more than zero, known at synth time. Raise it, or leave it out to have 5 seconds.`);
    }
    return new EscalationTrigger(FACTORY, 'verdict', { timeLimitMs }, decider);
  }

  /**
   * The model that has answered judges its own answer by a rubric, in a second call, and does not let it pass. A judgement that is
   * neither is no pass; where the call fails, the answer stands.
   *
   * Throws if the rubric is empty, longer than 20,000 characters, or not known at synth time.
   *
   * @param rubric - what a good answer is, in words
   */
  public static selfJudged(rubric: string): EscalationTrigger {
    checkKind('rubric', rubric, required(TEXT));
    if (Token.isUnresolved(rubric) || rubric.trim() === '' || rubric.length > MOST_RUBRIC) {
      throw new HaikuError(`rubric is not text that a model can judge by, got ${Token.isUnresolved(rubric) ? 'an unresolved token' : shown(rubric.slice(0, 100))}; expected 1 to ${MOST_RUBRIC} characters, known at synth time. Say what a good answer is.`);
    }
    return new EscalationTrigger(FACTORY, 'judged', { rubric });
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _value: unknown,
    /** @internal */
    public readonly _function?: IFunction,
  ) {
    onlyByFactory(caller, 'EscalationTrigger', 'EscalationTrigger.schemaViolation(...), EscalationTrigger.maxTokens() or another of its methods');
  }
}

brand(EscalationTrigger, 'EscalationTrigger');

/** The triggers as the handler reads them. */
export function triggersOf(triggers: EscalationTrigger[]): Triggers {
  return Object.fromEntries(triggers.map(({ _name, _value }): [string, unknown] => [_name as TriggerName, _value]));
}

/** A copy, so that nobody changes it later. */
function checkedSchema(schema: object): unknown {
  const text = writtenSchema(schema);
  const copy = JSON.parse(text) as Record<string, unknown>;
  const fault = schemaFault(copy) ?? referenceFault(copy);
  if (!fault) return copy;
  throw new HaikuError(`schema is not a JSON schema at ${fault.at === '' ? 'its root' : shown(fault.at)}, got ${shown(fault.given)}; expected ${fault.expected}. Correct it there.`);
}

function writtenSchema(schema: object): string {
  let unknown = false;
  let text: string | undefined;
  try {
    text = JSON.stringify(schema, (_, value: unknown) => {
      unknown ||= isDeployTimeValue(value) || typeof value === 'string' && Token.isUnresolved(value);
      return value;
    });
  } catch {
    throw new HaikuError('schema cannot be written as JSON; expected a JSON schema without circles and big integers. Pass what JSON can hold.');
  }
  if (!unknown && text !== undefined) return text;
  throw new HaikuError('schema holds an unresolved token; expected one that is known at synth time, since answers are judged by it as it is. Write its values out.');
}
