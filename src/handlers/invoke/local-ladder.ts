import { Invoker } from './call/invoker';
import { configOf, readConfig } from './config/config';
import { readCredentials } from './config/credentials';
import { serviceUrl } from './config/endpoint';
import { CONVERSE } from './dialects/converse-dialect';
import { MESSAGES } from './dialects/messages-dialect';
import { fitting } from './escalation/json-schema';
import { ladderOf } from './escalation/ladder';
import { verdicts } from './escalation/verdict';
import { InvokerError } from './failures/errors';
import { EXPLANATIONS } from './failures/explain';
import { SYSTEM_CLOCK } from './http/clock';
import type { Reply } from './http/reply';
import { Signer } from './http/signer';
import { ModelRequest, Transport } from './http/transport';
import { CallLog } from './log/call-log';
import type { EscalationPlan } from '../../contract/escalation';
import type { Environment } from '../../contract/invoker-variables';

/** What answers in the place of a model: status and body of what the service would send. */
export type LocalModel = (request: unknown) => { readonly status: number; readonly body: object };

/** What is run: a ladder as the construct writes it, without AWS. */
export interface LocalLadder {
  readonly env: Environment;
  readonly plan: EscalationPlan;
  readonly api: 'messages' | 'converse';
  /** By rung, the first one first. */
  readonly models: readonly LocalModel[];
}

/** Runs one direct call on a ladder, with the handler's own code. Gives the answer, and the call's line in the log. */
export async function runLadder(
  { env, plan, api, models }: LocalLadder, event: unknown): Promise<{ readonly answer: unknown; readonly line: unknown }> {
  const config = readConfig(env);
  const dialect = api === 'converse' ? CONVERSE : MESSAGES;
  const lines: unknown[] = [];
  const log = new CallLog({ config, dialect: api, env, write: (line) => lines.push(JSON.parse(line)) });
  const clock = { ...SYSTEM_CLOCK, sleep: async () => undefined };
  const parts = { dialect, log, clock, sign: () => ({}), explanations: async () => EXPLANATIONS };
  let made = 0;
  const invokerOf = (of: typeof config) => new Invoker({ ...parts, config: of, transport: localTransport(models[made++]) });
  const first = invokerOf(config);
  const way = ladderOf(plan, {
    config, env, clock, readCredentials, serviceUrl, InvokerError, Signer, Transport, invokerOf: (model) => invokerOf(configOf(model, config, env)),
  }, { schema: async () => fitting, verdict: async () => verdicts });
  const invoker = new Invoker({ ...first.parts, way });
  const { body: answer } = await invoker.invoke(() => event, { source: 'direct', deadline: clock.now() + 900_000 });
  return { answer, line: lines.at(-1) };
}

/** Answers at once, as the model of a rung does. */
function localTransport(model: LocalModel): Transport {
  const send = async ({ body }: ModelRequest): Promise<Partial<Reply>> => {
    const answer = model(JSON.parse(body));
    return { status: answer.status, headers: {}, requestId: undefined, text: async () => JSON.stringify(answer.body) };
  };
  return { send } as unknown as Transport;
}
