import type { LimitedFields } from './request-limits';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { refuse } from '../failures/errors';
import { numberOf } from '../json/exact-json';
import { isObject } from '../json/json-object';

/** Refuses what this model does not take and another may. What its card does not say is the service's to judge. */
export function checkModelRules({ thinking, effort, temperature, topP, topK, names }: LimitedFields, { limits = {} }: InvokerOptions): void {
  const { thinkingTypes: types, effortLevels: levels, maxEffortWhenDisabled: most, samplingParameters } = limits;
  const type = isObject(thinking) && thinking.type;
  const capped = type === 'disabled' && most !== undefined;
  const advice = types?.includes('adaptive') && type === 'enabled' ? ` Ask for an effort with "${names.effort}" in place of a budget.` : '';
  refuseOther(`${names.thinking}.type" ${AS_TAKEN}`, type, types, advice);
  refuseOther(`${names.effort}" ${AS_TAKEN}`, effort, capped ? levels?.slice(0, levels.indexOf(most) + 1) : levels, capped ? ' It takes more while it thinks.' : '');
  // A temperature of 1 changes nothing, so a model without sampling may take it.
  if (temperature !== undefined && numberOf(temperature) !== 1) refuseOther(`${names.temperature}" ${OF_MODEL}`, 'temperature', samplingParameters);
  if (topP !== undefined) refuseOther(`${names.topP}" ${OF_MODEL}`, 'top_p', samplingParameters);
  if (topK !== undefined) refuseOther(`${names.topK}" ${OF_MODEL}`, 'top_k', samplingParameters);
}

const AS_TAKEN = 'is not as the model takes it';
const OF_MODEL = 'is no sampling parameter of the model';

function refuseOther(wrong: string, given: unknown, taken: readonly string[] | undefined, advice = ''): void {
  if (!taken || typeof given !== 'string' || taken.includes(given)) return;
  refuse(`"${wrong}: it takes ${taken.map((value) => JSON.stringify(value)).join(', ') || 'none'}.${advice}`);
}
