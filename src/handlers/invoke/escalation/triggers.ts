import type { Fits } from './json-schema';
import { plain, Spelling, ToolCall, valueAt } from './spelling';
import type { TriggerName, Triggers } from '../../../contract/escalation';
import type { AnswerFacts } from '../dialects/dialect';
import type { InvokerError } from '../failures/errors';
import { isObject, JsonObject } from '../json/json-object';

/** An answer as the triggers look at it. */
export interface Judged {
  readonly request: JsonObject;
  readonly answer: JsonObject;
  readonly facts: AnswerFacts;
}

/** What the triggers need that only some of them use. */
export interface SchemaJudge {
  /** Whether a value fits the trigger's own schema. */
  readonly fits?: Fits;
  /** Makes a judge of a schema that comes with a request. */
  readonly fitting?: (schema: unknown) => Fits;
}

/** The first reason to go on that an answer itself gives. No request is made for it. */
export function reasonIn(judged: Judged, when: Triggers, spelling: Spelling, judge: SchemaJudge): TriggerName | undefined {
  const { answer, facts: { stopReason, refused, guardrailIntervened } } = judged;
  // Another model would meet the same guardrail.
  if (guardrailIntervened) return undefined;
  if (refused) return when.refusal && 'refusal';
  if (stopReason === 'max_tokens' && when.maxTokens) return 'maxTokens';
  const calls = spelling.toolCalls(answer);
  // The text beside a tool call is not the answer yet.
  if (calls.length > 0) {
    const { fitting } = judge;
    return when.toolInputViolation && fitting && calls.some((call) => violates(call, judged, spelling, fitting)) ? 'toolInputViolation' : undefined;
  }
  if (!when.notJson && !('schemaViolation' in when) && !when.confidenceBelow) return undefined;
  const value = jsonIn(spelling.text(answer));
  if (value === undefined && when.notJson) return 'notJson';
  if (judge.fits && (value === undefined || !surely(() => judge.fits!(value), false))) return 'schemaViolation';
  return when.confidenceBelow && !(Number(numberAt(value, when.confidenceBelow.field)) >= when.confidenceBelow.bound) ? 'confidenceBelow' : undefined;
}

/** Whether the service was not to be had, after all attempts: throttled or overloaded. Nothing else that fails is a reason to ask another model. */
export function isUnavailable({ name }: InvokerError): boolean {
  return name === 'RateLimitError' || name === 'OverloadedError';
}

/** A tool that the request does not have, or whose schema cannot be read, is the caller's own mistake. */
function violates({ name, input }: ToolCall, { request }: Judged, spelling: Spelling, fitting: (schema: unknown) => Fits): boolean {
  const schema = spelling.inputSchema(request, name);
  if (!isObject(schema)) return false;
  return !surely(() => fitting(plain(schema))(plain(input)), true);
}

/** Undefined where the text is no JSON, which has no such value. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numberAt(value: unknown, field: string): number | undefined {
  const found = valueAt(value, field.split('.'));
  return typeof found === 'number' ? found : undefined;
}

/** What a judge says, or the other value where it cannot: JSON that is nested too deeply, or a schema that is none. */
function surely(judge: () => boolean, otherwise: boolean): boolean {
  try {
    return judge();
  } catch {
    return otherwise;
  }
}
