import { Duration } from 'aws-cdk-lib/core';
import { EscalationTrigger } from './escalation-trigger';
import { MOST_RUNGS } from '../contract/escalation';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, checkWholeNumber, DURATION, FLAG, listOf, NUMBER, objectOf, required } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * When a HaikuInvoker asks the next model of its ladder, and how.
 */
export interface EscalationOptions {
  /**
   * The reasons to ask this model, at least one, each kind once. The first that holds counts: what the answer itself shows, then a
   * verdict, then the model's own judgement.
   */
  readonly when: EscalationTrigger[];

  /**
   * What is asked if the answer of this model does not do either. A ladder has at most three models, the invoker's own counted.
   *
   * @default - this is the last one
   */
  readonly next?: Escalation | undefined;

  /**
   * The time that this model needs for an answer. With less left of the function's timeout it is not asked, and the answer that there
   * is counts. At least 1 second, and less than the timeout.
   *
   * @default Duration.seconds(10)
   */
  readonly leastTime?: Duration | undefined;

  /**
   * Output tokens of this model's requests where an event asks for fewer, from 1 to the model's limit: for answers that ended at
   * `max_tokens`. It also exceeds `lockedFields`.
   *
   * @default - as many as the event asks for
   */
  readonly maxTokens?: number | undefined;

  /**
   * What a call may cost in all, in US dollars, with every model that it asks. A model whose answer could cost more, if it took all its output
   * tokens, is not asked. It is for the whole ladder, so only the first rung takes it. The cards of all its models must have prices.
   *
   * @default - no bound
   */
  readonly maxCost?: number | undefined;

  /**
   * Whether requests may run in Regions that those of the invoker's own target never run in, such as another geography, or anywhere with
   * Global inference. Prompts go there, too.
   *
   * @default false
   */
  readonly allowOtherDestinations?: boolean | undefined;

  /**
   * Whether an event may begin at a later rung, with `"escalation": { "rung": 2 }`: a way to test it. Callers can then choose the dearer model. It is for the
   * whole ladder, so only the first rung takes it.
   *
   * @default false
   */
  readonly rungsOfEvents?: boolean | undefined;
}

/**
 * A stronger model that a HaikuInvoker asks when an answer does not do: a ladder of up to three models.
 *
 * All rungs share the call's time, its retries and its bound of cost. Each answer says which rung it comes from, and why: in the field `escalation`, and
 * over HTTP in the headers `x-escalation-rung`, `x-escalation-model` and `x-escalation-reasons`.
 */
export class Escalation {
  /**
   * Asks this model when one of the triggers holds.
   *
   * Throws if the target is none, if there is no trigger, two of a kind or two that contradict, or if the ladder has more than three models.
   */
  public static to(target: IInvocableModel, options: EscalationOptions): Escalation {
    checkKinds<EscalationOptions>('Escalation', options, {
      when: required(listOf(objectOf('EscalationTrigger', '', ['_name', '_value']), 'a list of EscalationTrigger', 'a list such as [EscalationTrigger.maxTokens()]')),
      next: objectOf('Escalation', 'Escalation.to(...)', ['_target', '_options']),
      leastTime: DURATION,
      maxTokens: NUMBER,
      maxCost: NUMBER,
      allowOtherDestinations: FLAG,
      rungsOfEvents: FLAG,
    });
    const escalation = new Escalation(FACTORY, checkedTarget('target', target), { ...options, when: [...options.when] });
    checkTriggers(options.when);
    checkNumbers(options);
    checkNext(escalation);
    return escalation;
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _target: IInvocableModel,
    /** @internal */
    public readonly _options: EscalationOptions,
  ) {
    onlyByFactory(caller, 'Escalation', 'Escalation.to(...)');
  }

  /**
   * This rung and those above it.
   * @internal
   */
  public get _rungs(): Escalation[] {
    const rungs: Escalation[] = [this];
    while (rungs.length < MOST_RUNGS && rungs[rungs.length - 1]._options.next) rungs.push(rungs[rungs.length - 1]._options.next!);
    return rungs;
  }
}

brand(Escalation, 'Escalation');

function checkTriggers(when: EscalationTrigger[]): void {
  if (when.length === 0) {
    throw new HaikuError('when has no trigger, got []; expected at least one, or the model would never be asked. Pass for example EscalationTrigger.maxTokens().');
  }
  const names = when.map(({ _name }) => _name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new HaikuError(`when has two triggers of one kind, got ${shown(names)}; expected each kind once, since two of ${shown(twice)} contradict each other or say the same. Leave one out.`);
  }
  const valueOf = (name: string) => when.find(({ _name }) => _name === name)?._value;
  const [schema, confidence] = [valueOf('schemaViolation'), valueOf('confidenceBelow') as { field: string; bound: number } | undefined];
  const conflict = schema && confidence && conflictIn(schema, confidence);
  if (conflict) {
    throw new HaikuError(`when has two triggers that contradict, got a confidence in ${shown(confidence.field)} of at least ${confidence.bound}, and a schema that ${conflict}; `
      + 'expected a schema with which an answer can have that confidence. No answer would ever do: change one of the two.');
  }
}

/** What is read of a schema's object. */
interface Plain {
  readonly type?: unknown;
  readonly properties?: Record<string, Plain | undefined>;
  readonly additionalProperties?: unknown;
  readonly maximum?: number;
}

/** Why no JSON that fits the schema has such a confidence, as far as plain properties tell. */
function conflictIn(schema: unknown, { field, bound }: { readonly field: string; readonly bound: number }): string | undefined {
  let inner = schema as Plain | undefined;
  for (const name of field.split('.')) {
    const found = inner?.properties && Object.hasOwn(inner.properties, name) ? inner.properties[name] : undefined;
    if (!found && inner?.properties && inner.additionalProperties === false) return `allows no ${shown(name)}`;
    inner = found;
  }
  const types = inner?.type === undefined ? undefined : [inner.type].flat();
  if (types && !types.includes('number') && !types.includes('integer')) return `has ${shown(inner!.type)} there`;
  return typeof inner?.maximum === 'number' && inner.maximum < bound ? `has at most ${inner.maximum} there` : undefined;
}

function checkNumbers({ leastTime, maxTokens, maxCost }: EscalationOptions): void {
  if (leastTime && (leastTime.isUnresolved() || leastTime.toMilliseconds() < 1000)) {
    throw new HaikuError(`leastTime is no time in which a model answers, got ${leastTime.isUnresolved() ? 'an unresolved token' : shown(leastTime.toString())}; expected at least 1 second, known at synth time. Raise it, or leave it out to have 10 seconds.`);
  }
  checkWholeNumber('maxTokens', maxTokens, [1], 'Leave it out to ask for as many as the event does.');
  if (maxCost !== undefined && !(Number.isFinite(maxCost) && maxCost > 0)) {
    throw new HaikuError(`maxCost is no cost that a call can have, got ${shown(maxCost)}; expected US dollars above 0, such as 0.05. Raise it, or leave it out to have no bound.`);
  }
}

/** One level at a time: what is next was checked when it was made. */
function checkNext({ _options: { next } }: Escalation): void {
  if (!next) return;
  if (next._options.next) {
    throw new HaikuError(`next makes the ladder too long, got more than ${MOST_RUNGS} models with the invoker's own; expected at most ${MOST_RUNGS}. Leave the last one out.`);
  }
  const { maxCost, rungsOfEvents } = next._options;
  const ofWhole = Object.entries({ maxCost, rungsOfEvents }).find(([, value]) => value !== undefined);
  if (ofWhole) {
    throw new HaikuError(`${ofWhole[0]} of a rung that comes later does nothing by itself, got ${shown(ofWhole[1])}; expected it at the first Escalation.to(...), where it is for the whole ladder. Move it there.`);
  }
}
