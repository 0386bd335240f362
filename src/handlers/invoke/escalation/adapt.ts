import { SPELLINGS, Spelling, valueAt, withValueAt } from './spelling';
import type { ApiName } from '../../../contract/endpoints';
import type { RequestRules } from '../../../contract/escalation';
import { numberOf } from '../json/exact-json';
import { isObject, JsonObject } from '../json/json-object';

/** A request for another model than it was made for, or why that model cannot answer it. */
export type Adapted =
  /** With the names of the fields that were changed or left out. */
  | { readonly body: JsonObject; readonly changes: string[] }
  | { readonly impossible: string };

/**
 * Makes a complete request one that another model takes: a thinking budget becomes adaptive thinking, or the other way round, and what
 * the model takes no value for is left out. What would change the answer's form is not left out: such a request is not for that model.
 */
export function adapt(body: JsonObject, rules: RequestRules, api: ApiName, streamed: boolean, moreTokens = 0): Adapted {
  const spelling = SPELLINGS[api];
  const format = [spelling.format, ...spelling.extra.length === 0 ? [['output_format']] : []].find((path) => valueAt(body, path) !== undefined);
  if (rules.structuredOutputs === false && (format || spelling.strict(body))) return { impossible: 'structured output' };
  const adaptation = new Adaptation(body, rules, spelling, streamed);
  adaptation.tokens(moreTokens);
  adaptation.thinking();
  adaptation.effort();
  adaptation.sampling();
  return { body: adaptation.body, changes: [...adaptation.changes] };
}

/** All levels of effort, the least first. */
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];

class Adaptation {
  readonly changes = new Set<string>();

  constructor(
    public body: JsonObject, private readonly rules: RequestRules, private readonly spelling: Spelling, private readonly streamed: boolean) {}

  /** More where the rung has more, never more than the model writes. */
  tokens(more: number): void {
    const asked = numberOf(valueAt(this.body, this.spelling.maxTokens));
    if (asked === undefined) return;
    this.set(this.spelling.maxTokens, Math.min(Math.max(asked, more), this.rules.maxOutputTokens ?? Infinity));
  }

  thinking(): void {
    const at = this.own('thinking');
    const given = valueAt(this.body, at);
    const { thinking: types, minThinkingBudget: least = 1024, streamingRequiredAbove = Infinity } = this.rules;
    if (!isObject(given) || !types || types.includes(String(given.type))) return;
    // Of a model that always thinks it cannot be said that it is not to.
    if (given.type === 'enabled' && types.includes('adaptive')) return this.set(at, { type: 'adaptive' });
    const most = numberOf(valueAt(this.body, this.spelling.maxTokens)) ?? 0;
    const fits = given.type === 'adaptive' && types.includes('enabled') && least < most && (this.streamed || most <= streamingRequiredAbove);
    // The model's own choice has no number: half of what it may write leaves the other half for the answer.
    this.set(at, fits ? { type: 'enabled', budget_tokens: Math.max(least, Math.floor(most / 2)) } : undefined);
  }

  /** The nearest level at or below the one that is asked for. */
  effort(): void {
    const at = this.own('output_config', 'effort');
    const given = valueAt(this.body, at);
    const { effort = [], effortWithoutThinking = '', thinking } = this.rules;
    if (given === undefined || !thinking) return;
    const off = valueAt(this.body, this.own('thinking', 'type')) === 'disabled' && effort.includes(effortWithoutThinking);
    const most = Math.min(EFFORTS.indexOf(String(given)), off ? EFFORTS.indexOf(effortWithoutThinking) : Infinity);
    this.set(at, effort.filter((level) => EFFORTS.indexOf(level) <= most).at(-1));
  }

  /** Thinking excludes changed sampling, also where it came about here. */
  sampling(): void {
    const { temperature, topP } = this.spelling;
    const thinks = ['enabled', 'adaptive'].includes(String(valueAt(this.body, [...this.own('thinking'), 'type'])));
    const paths: [string, readonly string[]][] = [
      ['temperature', temperature], ['top_p', topP], ...['temperature', 'top_p', 'top_k'].map((name): [string, string[]] => [name, this.own(name)]),
    ];
    for (const [name, path] of paths) {
      const untaken = this.rules.sampling && !this.rules.sampling.includes(name);
      if (untaken || thinks && this.changes.has('thinking')) this.set(path, undefined);
    }
    if (this.rules.temperatureOrTopP && valueAt(this.body, temperature) !== undefined) this.set(topP, undefined);
  }

  private own(...path: string[]): string[] {
    return [...this.spelling.extra, ...path];
  }

  private set(path: readonly string[], value: unknown): void {
    if (JSON.stringify(valueAt(this.body, path)) === JSON.stringify(value)) return;
    this.body = withValueAt(this.body, path, value);
    this.changes.add(path[path.length - 1] === 'type' ? path[path.length - 2] : path[path.length - 1]);
  }
}
