import type { LimitedFields } from './request-limits';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { refuse } from '../failures/errors';
import { numberOf } from '../json/exact-json';
import { isObject } from '../json/json-object';

/** Refuses what this model does not take and another may. What its card does not say is the service's to judge. */
export function checkModelRules(fields: LimitedFields, options: InvokerOptions): void {
  const { thinking, effort, temperature, topP, topK, names } = fields;
  const { thinkingTypes: types, samplingParameters: sampling } = options.limits ?? {};
  const type = isObject(thinking) && thinking.type;
  if (isOther(type, types)) {
    const advice = type === 'enabled' && types.includes('adaptive') ? ` Ask for an effort with "${names.effort}" in place of a budget.` : '';
    refuse(`"${names.thinking}.type" is not as the model takes it: it takes ${listed(types)}.${advice}`);
  }
  const efforts = effortsOf(fields, options);
  if (isOther(effort, efforts)) refuse(`"${names.effort}" is not as the model takes it beside this thinking: it takes ${listed(efforts)}.`);
  // A temperature of 1 changes nothing, so a model without sampling may take it.
  const set = [['temperature', numberOf(temperature) === 1 ? undefined : temperature, names.temperature], ['top_p', topP, names.topP], ['top_k', topK, names.topK]];
  for (const [name, value, field] of set) {
    if (value !== undefined && isOther(name, sampling)) refuse(`"${field as string}" is no sampling parameter of the model: it takes ${listed(sampling)}.`);
  }
}

/** The default effort for an event that asks for none. It yields where the event's thinking allows less. */
export function defaultEffort(fields: LimitedFields, options: InvokerOptions): string | undefined {
  const { effort } = options;
  return effort && fields.effort === undefined && effortsOf(fields, options)?.includes(effort) ? effort : undefined;
}

/** The efforts that go with a request's thinking; undefined where the card does not say. */
function effortsOf({ thinking }: LimitedFields, { limits = {} }: InvokerOptions): readonly string[] | undefined {
  const { effortLevels: levels, maxEffortWhenDisabled: most } = limits;
  return isObject(thinking) && thinking.type === 'disabled' && most !== undefined ? levels?.slice(0, levels.indexOf(most) + 1) : levels;
}

/** Whether a text is none of those that the model takes. Another value is the service's to judge. */
function isOther(given: unknown, taken: readonly string[] | undefined): taken is readonly string[] {
  return taken !== undefined && typeof given === 'string' && !taken.includes(given);
}

function listed(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ') || 'none';
}
