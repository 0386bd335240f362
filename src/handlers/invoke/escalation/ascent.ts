import { adapt } from './adapt';
import { Climb, NotBegun, usageOf } from './climb';
import { costOf } from './cost';
import type { Fits } from './json-schema';
import { judgement, passes } from './judge';
import { plain, SPELLINGS, Spelling, valueAt } from './spelling';
import { isUnavailable, Judged, reasonIn } from './triggers';
import type { AskVerdict } from './verdict';
import type { EscalationPlan, Rates, Rung, TriggerName } from '../../../contract/escalation';
import { DEFAULT_RETRY } from '../../../contract/invoker-defaults';
import type { Answer, Invoker } from '../call/invoker';
import type { InvokerError } from '../failures/errors';
import type { Reply } from '../http/reply';
import { jsonText, numberOf } from '../json/exact-json';
import type { JsonObject } from '../json/json-object';
import type { CallRecord } from '../log/call-record';

/** A rung beyond the first, ready to be asked. */
export interface ReadyRung extends Rung {
  readonly invoker: Invoker;
  /** What the model is called in logs and answers. */
  readonly model: string;
  readonly fits?: Fits;
  readonly verdict?: AskVerdict;
}

/** A ladder, ready to be climbed. */
export interface ReadyLadder extends Omit<EscalationPlan, 'rungs'> {
  readonly rungs: readonly ReadyRung[];
  /** What makes a judge of a schema, if any trigger needs one. */
  readonly fitting?: (schema: unknown) => Fits;
}

/** A model with the request that it is to answer. */
export interface Question {
  readonly invoker: Invoker;
  readonly model: string;
  readonly rates?: Rates;
  readonly body: JsonObject;
  /** The fields that were changed for this model. */
  readonly changes: string[];
}

interface Outcome<Opened> {
  readonly opened?: Opened;
  readonly error?: InvokerError;
  readonly reason?: TriggerName;
}

/** Input tokens that a request has at most by its length, for where no model has counted them: of text, and for an image or a page. */
const CHARACTERS_PER_TOKEN = 3;
const ENCODED_TOKENS = 5000;
const ENCODED = /"[\w+/=-]{1000,}"/g;

/** One call on a ladder: one retry budget, one deadline and one bound of cost for all of its rungs. */
export class Ascent<Opened> {
  private readonly climb = new Climb();
  private best?: { readonly opened: Opened; readonly requestId?: string };
  private readonly spelling: Spelling;

  constructor(
    private readonly ladder: ReadyLadder,
    private readonly first: Question,
    private readonly record: CallRecord,
    private readonly open: (reply: Reply) => Promise<Opened>,
  ) {
    record.additions.push(this.climb);
    this.spelling = SPELLINGS[first.invoker.parts.dialect.name];
  }

  /** Climbs from a rung on until an answer needs no other, or no other can be had. */
  async from(begin: number): Promise<Opened> {
    if (begin > 1) this.climb.reasons.push('forced');
    for (let at = begin; ; at++) {
      const { opened, error, reason } = await this.askRung(at);
      if (opened) this.best = { opened, requestId: this.record.requestId };
      if (opened) this.climb.rung = at;
      const blocked = reason && this.whyNot(at + 1);
      if (!reason || blocked || at > this.ladder.rungs.length) return this.ended(error, reason, blocked);
      this.climb.reasons.push(reason);
    }
  }

  /** Asks one rung, and whether its answer stands. */
  private async askRung(at: number): Promise<Outcome<Opened>> {
    const { climb, record, first: { invoker: { parts: { clock } } }, ladder: { rungs } } = this;
    const next = rungs[at - 1] as ReadyRung | undefined;
    const question = this.questionFor(at) as Question;
    climb.begin({ rung: at, model: question.model, rates: question.rates, begunAt: clock.now(), adapted: question.changes });
    try {
      const opened = await this.send(question, question.body);
      if (record.streamed) return { opened };
      const { facts, judged } = this.read(opened);
      climb.answered(facts, clock.now());
      // The last rung's answer is held to what led there, as far as that takes no other request.
      const { when, fits } = next ?? rungs[at - 2];
      const reason = reasonIn(judged, when, this.spelling, { fits, fitting: this.ladder.fitting });
      return { opened, reason: reason ?? (next && !this.whyNot(at + 1) ? await this.askedReason(question, judged, next) : undefined) };
    } catch (thrown) {
      const error = thrown as InvokerError;
      climb.broke(error.withoutTextOf(question.body, await this.first.invoker.parts.explanations()), clock.now());
      return { error, reason: next?.when.unavailable && isUnavailable(error) ? 'unavailable' : undefined };
    }
  }

  /** A reason that somebody else has to give. Where they give no answer, that of the model stands. */
  private async askedReason(question: Question, judged: Judged, { when, verdict, leastMs }: ReadyRung): Promise<TriggerName | undefined> {
    const { climb, record: { call: { deadline } }, first: { invoker: { parts: { clock } } } } = this;
    if (judged.facts.refused || judged.facts.guardrailIntervened) return undefined;
    if (when.verdict && verdict) {
      const { request, answer } = judged;
      const limit = Math.min(when.verdict.timeLimitMs, deadline - clock.now() - leastMs);
      const passed = await verdict({ request: plain(request), answer: plain(answer), model: question.model }, limit)
        .catch(() => void climb.failed.push('verdict'));
      if (passed === false) return 'verdict';
    }
    const text = this.spelling.text(judged.answer);
    if (!when.judged || text === '') return undefined;
    climb.begin({ rung: climb.rung, model: question.model, rates: question.rates, begunAt: clock.now(), adapted: [], judging: true });
    try {
      const answered = this.read(await this.send(question, judgement(when.judged.rubric, judged.request, text, this.spelling)));
      climb.answered(answered.facts, clock.now());
      if (answered.judged.facts.guardrailIntervened) return void climb.failed.push('judged');
      return passes(this.spelling.text(answered.judged.answer)) ? undefined : 'judged';
    } catch (thrown) {
      climb.broke(thrown as InvokerError, clock.now());
      return void climb.failed.push('judged');
    }
  }

  /** One more question: all of a call share its retries. */
  private send({ invoker }: Question, body: JsonObject): Promise<Opened> {
    const { retry } = invoker.parts.config.options;
    const spent = this.record.attempts - (this.climb.firsts - 1);
    const { maxAttempts } = { ...DEFAULT_RETRY, ...retry };
    return invoker.send(body, this.record, this.open, { ...retry, maxAttempts: Math.max(maxAttempts - spent, 1) });
  }

  private read(opened: Opened) {
    const { body: answer } = opened as unknown as Answer;
    const facts = this.first.invoker.parts.dialect.facts(answer);
    return { facts: usageOf(facts, numberOf(this.spelling.hourTokens(answer))), judged: { request: this.first.body, answer, facts } };
  }

  /** The request for a rung, or what its model lacks to answer it. */
  private questionFor(at: number): Question | { readonly impossible: string } {
    if (at === 1) return this.first;
    const { rules, invoker, model, rates, maxTokens } = this.ladder.rungs[at - 2];
    const adapted = adapt(this.first.body, rules, invoker.parts.dialect.name, this.record.streamed, maxTokens);
    return 'impossible' in adapted ? adapted : { invoker, model, rates, ...adapted };
  }

  /** Why a rung is not begun, though there is a reason to. */
  private whyNot(at: number): NotBegun | undefined {
    const rung = this.ladder.rungs[at - 2] as ReadyRung | undefined;
    if (!rung) return undefined;
    const { record: { call: { deadline } }, first: { invoker: { parts: { clock } } }, ladder: { maxCost } } = this;
    if (deadline - clock.now() < rung.leastMs) return 'time';
    const question = this.questionFor(at);
    if ('impossible' in question) return 'request';
    if (maxCost === undefined) return undefined;
    const outputTokens = numberOf(valueAt(question.body, this.spelling.maxTokens));
    const most = costOf({ inputTokens: this.climb.input ?? mostInput(question.body), outputTokens }, rung.rates);
    return (this.climb.cost ?? Infinity) + (most ?? Infinity) > maxCost ? 'cost' : undefined;
  }

  /** The best answer there is, with what became of the call. */
  private ended(error: InvokerError | undefined, reason: TriggerName | undefined, blocked: NotBegun | undefined): Opened {
    const { climb, record, best } = this;
    climb.notBegun = blocked;
    if (!best) throw error;
    climb.unresolved = error ? climb.reasons.at(-1) as TriggerName : reason;
    record.requestId = best.requestId;
    if (record.streamed) return { ...best.opened, headers: climb.headers };
    const { body: answered, ...answer } = best.opened as unknown as Answer;
    const body = { ...answered, escalation: climb.field };
    // Only over HTTP there are headers to say it.
    return (record.call.source === 'direct' ? { ...answer, body, written: jsonText(body) } : { ...answer, body: answered, headers: climb.headers }) as Opened;
  }
}

/** The most input tokens that a request can have. */
function mostInput(body: JsonObject): number {
  const text = jsonText(body);
  const encoded = text.match(ENCODED) ?? [];
  return Math.ceil((text.length - encoded.join('').length) / CHARACTERS_PER_TOKEN) + encoded.length * ENCODED_TOKENS;
}
