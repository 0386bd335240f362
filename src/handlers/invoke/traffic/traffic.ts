import { ShadowFacts, shadows } from './shadow';
import { Share } from './share';
import { ARM_DIMENSION, ArmName, TrafficOptions } from '../../../contract/traffic';
import type { Invoker, Way } from '../call/invoker';
import type { endpointSettings, suffixesOf } from '../config/endpoint';
import { adapt } from '../escalation/adapt';
import type { Question } from '../escalation/ascent';
import { usageOf } from '../escalation/climb';
import { costOf } from '../escalation/cost';
import type { Ladder, LadderParts } from '../escalation/ladder';
import { valueAt } from '../escalation/spelling';
import type { Reply } from '../http/reply';
import { textOf } from '../json/json-object';
import type { CallAddition, CallRecord } from '../log/call-record';
import { refusalIn } from '../prompt/prompt-refusal';
import { parameterRequest } from '../prompt/prompt-request';

/** What the handler has already. */
export interface TrafficParts extends LadderParts {
  readonly endpointSettings: typeof endpointSettings;
  readonly suffixesOf: typeof suffixesOf;
}

/** How long a parameter may take to be read. */
const READ_MS = 5000;

/** Which arm of split traffic a call went to, in its line and as a dimension of its metrics. */
class Arm implements CallAddition {
  readonly dimensions: Record<string, string>;

  constructor(
    private readonly arm: ArmName, private readonly share: Share, private readonly question: Question, private readonly climbs: boolean) {
    this.dimensions = { [ARM_DIMENSION]: arm };
  }

  fields(): Record<string, unknown> {
    const { arm, share: { percent, failed }, question: { model, changes } } = this;
    return { arm, armModel: model, share: percent, shareFailure: failed, adapted: changes.length > 0 ? changes : undefined };
  }

  /** A ladder says itself what a call costs. */
  metrics({ facts }: CallRecord): Record<string, number | undefined> {
    return this.climbs ? {} : { Cost: facts && costOf(usageOf(facts), this.question.rates) };
  }
}

/** Sends a share of calls to a second target: instead of the first, or beside it. */
export class Traffic implements Way {
  constructor(
    private readonly options: TrafficOptions,
    private readonly share: Share,
    private readonly models: { readonly target: string; readonly candidate?: Invoker },
    private readonly shadow?: ReturnType<typeof shadows>,
    private readonly ladder?: Ladder,
  ) {}

  async ask<Opened>(first: Invoker, given: unknown, record: CallRecord, open: (reply: Reply) => Promise<Opened>): Promise<Opened> {
    const { event, begin } = this.ladder?.begun(given) ?? { event: given, begin: 1 };
    const body = await first.prepare(event, record);
    const key = this.options.stickyBy && valueAt(body, this.options.stickyBy.split('.'));
    if (!this.shadow) await this.share.known();
    const covered = this.share.covers(key === undefined || key === '' ? undefined : textOf(key));
    const own: Question = { invoker: first, model: this.models.target, rates: this.ladder?.rates, body, changes: [] };
    if (this.shadow) {
      if (covered) this.cast(own, record);
      return this.answer(own, begin, record, open);
    }
    const question = covered && begin === 1 ? this.ofCandidate(own, record) : own;
    record.additions.push(new Arm(question === own ? 'target' : 'candidate', this.share, question, this.ladder !== undefined));
    return this.answer(question, begin, record, open);
  }

  private answer<Opened>(question: Question, begin: number, record: CallRecord, open: (reply: Reply) => Promise<Opened>): Promise<Opened> {
    return this.ladder ? this.ladder.climb(question, begin, record, open) : question.invoker.send(question.body, record, open);
  }

  /** The same request for the candidate; the target's own where the candidate cannot answer it. */
  private ofCandidate(own: Question, { streamed }: CallRecord): Question {
    const { candidate: invoker } = this.models;
    const adapted = adapt(own.body, this.options.rules, own.invoker.parts.dialect.name, streamed);
    if (!invoker || 'impossible' in adapted) return own;
    const { modelId, options: { modelName } } = { ...invoker.parts.config, options: this.options.candidate! };
    return { invoker, model: modelName ?? modelId, rates: this.options.rates, ...adapted };
  }

  /** Nobody waits for it, and nobody sees it fail. */
  private cast({ body, invoker }: Question, record: CallRecord): void {
    const facts = new ShadowFacts();
    record.additions.push(facts);
    record.withContent = this.options.logContent ?? false;
    const adapted = adapt(body, this.options.rules, invoker.parts.dialect.name, false);
    if ('impossible' in adapted) facts.shadow = 'impossible';
    else void this.shadow!(adapted.body, facts);
  }
}

/** Splits or shadows the traffic as the options say. */
export async function openWay(parts: TrafficParts): Promise<Traffic> {
  const { config: { options } } = parts;
  // The bundler leaves this one to be loaded when it is reached: a function without a ladder has no such file.
  const ladder = options.escalation ? await (await import('../escalation/ladder.js')).openWay(parts) : undefined;
  return trafficOf(parts, ladder);
}

export function trafficOf(parts: TrafficParts, ladder?: Ladder): Traffic {
  const { clock, config: { modelId, options: { traffic, modelName } } } = parts;
  const { candidate, shadowArn, shareParameter } = traffic!;
  const share = new Share(clock, traffic!, shareParameter === undefined ? undefined : () => readParameter(shareParameter, parts));
  const models = { target: modelName ?? modelId, candidate: candidate && parts.invokerOf(candidate) };
  return new Traffic(traffic!, share, models, shadowArn === undefined ? undefined : shadows(shadowArn, parts), ladder);
}

async function readParameter(name: string, parts: TrafficParts): Promise<string> {
  const { env, clock, Signer: Signs, Transport: Sends } = parts;
  const { url, scope, request } = parameterRequest(name, env, parts);
  const transport = new Sends(url);
  try {
    const headers = new Signs(scope).sign(request, parts.readCredentials(env), new Date(clock.now()));
    const reply = await transport.send({ ...request, headers }, READ_MS);
    const text = await reply.text();
    if (reply.status !== 200) throw new Error(refusalIn(reply.status, reply.headers, text, scope.region).message);
    return (JSON.parse(text) as { readonly Parameter: { readonly Value: string } }).Parameter.Value;
  } finally {
    transport.close();
  }
}
