import { SET_VARIABLES, SetOptions } from '../contract/bulk-set';
import { Buckets } from './bulk/aws/buckets';
import { ServiceCalls, Surroundings } from './bulk/aws/service-calls';
import { FairAdmission } from './bulk/queue/fair-admission';
import { RateLimiter } from './bulk/queue/rate-limiter';
import { DynamoTable } from './bulk/queue/work-table';
import { answerBatch, BatchWork } from './bulk/sets/answer-batch';
import { collect } from './bulk/sets/collect';
import { finish } from './bulk/sets/finish';
import { prepare, resume } from './bulk/sets/prepare';
import { readConfig } from './invoke/config/config';
import { createInvoker } from './invoke/create-invoker';
import { MESSAGES } from './invoke/dialects/messages-dialect';
import { callContext, LambdaContext } from './invoke/events/event-source';
import { SYSTEM_CLOCK } from './invoke/http/clock';

const { env } = process;
const clock = SYSTEM_CLOCK;
const around: Surroundings = { env, clock };
const set = {
  options: JSON.parse(env[SET_VARIABLES.options]!) as SetOptions,
  buckets: new Buckets(around, env[SET_VARIABLES.account]),
  inputBucket: env[SET_VARIABLES.inputBucket]!,
  outputBucket: env[SET_VARIABLES.outputBucket]!,
  config: readConfig(env),
};
const table = new DynamoTable(new ServiceCalls('dynamodb', 'AWS_ENDPOINT_URL_DYNAMODB', around), env[SET_VARIABLES.table]!);
const admission = new FairAdmission(new RateLimiter(table, clock, set.options.rate), table, clock);
const asking = { clock, invoker: createInvoker(MESSAGES, env), admission };

/** A step of the state machine that reads and writes records. */
type Step =
  | { readonly step: 'prepare'; readonly run: string; readonly input?: { readonly again?: unknown; readonly resume?: unknown } }
  | { readonly step: 'collect'; readonly run: string; readonly part: number; readonly round: number; readonly last: boolean }
  | { readonly step: 'finish'; readonly run: string };

/** Reads and checks a set, puts the results of its parts together, or writes its manifest. */
export async function records(event: Step): Promise<unknown> {
  switch (event.step) {
    case 'prepare': return typeof event.input?.resume === 'string' ? resume(set, event.input.resume) : prepare(set, event.run, event.input?.again === true);
    case 'collect': return collect(set, event.run, event.part, event.round, event.last);
    case 'finish': return finish(set, event.run);
  }
}

/** Asks the records of one batch. */
export async function answers(event: BatchWork, context: LambdaContext): Promise<unknown> {
  return answerBatch({ ...set, ...asking }, event, callContext(event, context, clock.now()).deadline);
}
