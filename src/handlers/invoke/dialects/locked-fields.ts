import { mostTokens } from './request-limits';
import type { InvokerOptions, LockableField } from '../../../contract/invoker-options';
import { refuse } from '../failures/errors';
import { numberOf } from '../json/exact-json';
import { isObject, JsonObject, objectsIn } from '../json/json-object';

/** Where a body says what can be locked; the first is how the dialect spells it. */
type Spellings = Record<LockableField, readonly string[]>;

export const IN_MESSAGES: Spellings = {
  system: ['system'],
  maxTokens: ['max_tokens'],
  sampling: ['temperature', 'top_p', 'top_k'],
  thinking: ['thinking', 'reasoning_config', 'output_config.effort'],
};

/** Converse has names of its own, and hands the Messages API's on to the model. */
export const IN_CONVERSE: Spellings = {
  system: ['system', 'additionalModelRequestFields.system'],
  maxTokens: ['inferenceConfig.maxTokens', 'additionalModelRequestFields.max_tokens'],
  sampling: [
    'inferenceConfig.temperature', 'inferenceConfig.topP',
    'additionalModelRequestFields.temperature', 'additionalModelRequestFields.top_p', 'additionalModelRequestFields.top_k',
  ],
  thinking: [
    'additionalModelRequestFields.thinking', 'additionalModelRequestFields.reasoning_config',
    'outputConfig.effort', 'additionalModelRequestFields.output_config.effort',
  ],
};

/** Refuses an event that sets what is the construct's to say. `filled` is the event with the construct's defaults. */
export function refuseLockedFields(spellings: Spellings, event: JsonObject, filled: JsonObject, options: InvokerOptions): void {
  const more = event.additionalModelRequestFields;
  const { lockedFields = [] } = options;
  if (lockedFields.length > 0 && more !== undefined && !isObject(more)) {
    refuse('"additionalModelRequestFields" is no object, and this invoker has locked fields that it might hold. Send an object, or leave it out.');
  }
  for (const locked of lockedFields.filter((field) => field !== 'maxTokens')) {
    const set = spellings[locked].find((field) => valueAt(event, field) !== undefined);
    if (set !== undefined) refuse(`The event sets "${set}", which this invoker has locked. Leave "${set}" out.`);
    if (locked === 'system') refuseOtherRoles(event);
  }
  // Last: what thinking adds to the output tokens is not what an event has to change that may not think.
  if (lockedFields.includes('maxTokens')) refuseAbove(mostTokens(options), spellings.maxTokens, event, filled);
}

/** Of several spellings the service may take any, so none may be above the bound. What is no number it may take for none at all. */
function refuseAbove(most: number, fields: readonly string[], event: JsonObject, filled: JsonObject): void {
  const said = fields.filter((field) => valueAt(filled, field) !== undefined);
  const above = (said.length > 0 ? said : fields.slice(0, 1)).find((field) => !(Number(numberOf(valueAt(filled, field))) <= most));
  if (above === undefined) return;
  const asked = numberOf(valueAt(filled, above));
  if (asked === undefined) refuse(`"${above}" is no number; this invoker allows one of at most ${most}. Correct it, or leave it out.`);
  if (valueAt(event, above) !== undefined) refuse(`"${above}" is ${asked}; this invoker allows at most ${most}. Lower it, or leave it out.`);
  refuse(`With its thinking budget the event would take up to ${asked} output tokens; this invoker allows at most ${most}. Lower the budget below that.`);
}

/** A message of any other role may be a system prompt by another name. */
function refuseOtherRoles({ messages, additionalModelRequestFields: more }: JsonObject): void {
  const all = [...objectsIn(messages), ...isObject(more) ? objectsIn(more.messages) : []];
  if (all.some(({ role }) => role !== 'user' && role !== 'assistant')) {
    refuse('The event has a message whose role is neither "user" nor "assistant", and this invoker has locked the system prompt. Leave that message out.');
  }
}

function valueAt(body: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => isObject(value) ? value[name] : undefined, body);
}
