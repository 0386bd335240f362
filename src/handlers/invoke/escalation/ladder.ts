import { readFile } from 'node:fs/promises';
import { Ascent, Question, ReadyLadder, ReadyRung } from './ascent';
import type { fitting } from './json-schema';
import type { LambdaParts } from './lambda-call';
import type { verdicts } from './verdict';
import { ESCALATION_FILE, EscalationPlan, OtherModel, Rung } from '../../../contract/escalation';
import type { Invoker, Way } from '../call/invoker';
import type { InvokerConfig } from '../config/config';
import type { InvokerError } from '../failures/errors';
import type { Reply } from '../http/reply';
import { numberOf } from '../json/exact-json';
import { isObject } from '../json/json-object';
import type { CallRecord } from '../log/call-record';

/** What the handler has already. This file is loaded beside it, and classes of its own would be others. */
export interface LadderParts extends LambdaParts {
  readonly config: InvokerConfig;
  readonly InvokerError: typeof InvokerError;
  /** An invoker of another model. */
  readonly invokerOf: (model: OtherModel) => Invoker;
}

/** Answers that do not do are asked again of a stronger model. */
export class Ladder implements Way {
  constructor(private readonly ladder: ReadyLadder, private readonly parts: Pick<LadderParts, 'config' | 'InvokerError'>) {}

  /** What the first model's tokens cost. */
  get rates(): EscalationPlan['rates'] { return this.ladder.rates; }

  async ask<Opened>(first: Invoker, given: unknown, record: CallRecord, open: (reply: Reply) => Promise<Opened>): Promise<Opened> {
    const { event, begin } = this.begun(given);
    const body = await first.prepare(event, record);
    return this.climb({ invoker: first, model: nameOf(this.parts.config), rates: this.ladder.rates, body, changes: [] }, begin, record, open);
  }

  /** Asks from a rung on; the first question may be for another model than the invoker's own. */
  climb<Opened>(first: Question, begin: number, record: CallRecord, open: (reply: Reply) => Promise<Opened>): Promise<Opened> {
    return new Ascent(this.ladder, first, record, open).from(begin);
  }

  /** The event without what it says of the ladder: where to begin, if it may. */
  begun(given: unknown): { readonly event: unknown; readonly begin: number } {
    if (!isObject(given) || given.escalation === undefined) return { event: given, begin: 1 };
    const { escalation, ...event } = given;
    const begin = isObject(escalation) ? numberOf(escalation.rung) : undefined;
    const most = this.ladder.rungs.length + 1;
    if (!this.ladder.rungsOfEvents) this.refuse('The event sets "escalation", and this invoker does not let events choose a rung. Leave "escalation" out.');
    if (begin === undefined || !Number.isInteger(begin) || begin < 1 || begin > most) {
      this.refuse(`The event's "escalation" is no rung of this invoker; send { "rung": 1 } up to { "rung": ${most} }, or leave it out.`);
    }
    return { event, begin };
  }

  private refuse(message: string): never {
    throw new this.parts.InvokerError('InvalidRequestError', message);
  }
}

/** Makes the ladder of the file beside the handler. */
export async function openWay(parts: LadderParts): Promise<Ladder> {
  const written = await readFile(`${parts.env.LAMBDA_TASK_ROOT}/${ESCALATION_FILE}`, 'utf8').catch(() => {
    throw new parts.InvokerError('ConfigurationError', `${ESCALATION_FILE} is not beside the handler. Deploy the function with the code that HaikuInvoker gives it.`);
  });
  // The bundler leaves these two to be loaded when they are reached.
  return ladderOf(JSON.parse(written) as EscalationPlan, parts, {
    schema: async () => (await import('./json-schema.js')).fitting,
    verdict: async () => (await import('./verdict.js')).verdicts,
  });
}

/** Loads what only some ladders need: the others do not have it. */
export interface Loads {
  readonly schema: () => Promise<typeof fitting>;
  readonly verdict: () => Promise<typeof verdicts>;
}

export async function ladderOf({ rungs, ...plan }: EscalationPlan, parts: LadderParts, load: Loads): Promise<Ladder> {
  const judges = rungs.some(({ when }) => 'schemaViolation' in when || when.toolInputViolation) ? await load.schema() : undefined;
  const asks = rungs.some(({ when }) => when.verdict) ? await load.verdict() : undefined;
  const ready = rungs.map((rung: Rung, index): ReadyRung => {
    const { verdictArn, ...model } = parts.config.options.escalation!.rungs[String(index + 2)];
    return {
      ...rung,
      invoker: parts.invokerOf(model),
      model: model.modelName ?? model.modelId,
      fits: 'schemaViolation' in rung.when ? judges!(rung.when.schemaViolation) : undefined,
      verdict: verdictArn === undefined ? undefined : asks!(verdictArn, parts),
    };
  });
  return new Ladder({ ...plan, rungs: ready, fitting: judges }, parts);
}

/** What a model is called where others may read it: an application profile's ARN says too much. */
function nameOf({ modelId, options }: InvokerConfig): string {
  return options.modelName ?? modelId;
}

