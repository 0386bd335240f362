import { QUEUE_VARIABLES, QueueOptions } from '../contract/bulk-queue';
import { Buckets } from './bulk/aws/buckets';
import { ServiceCalls, Surroundings } from './bulk/aws/service-calls';
import { FairAdmission } from './bulk/queue/fair-admission';
import { Ledger } from './bulk/queue/ledger';
import { QueueWorker } from './bulk/queue/queue-worker';
import { RateLimiter } from './bulk/queue/rate-limiter';
import { DynamoTable } from './bulk/queue/work-table';
import { createInvoker } from './invoke/create-invoker';
import { MESSAGES } from './invoke/dialects/messages-dialect';
import { callContext, LambdaContext } from './invoke/events/event-source';
import type { BatchResult } from './invoke/events/sqs-batch';
import { SYSTEM_CLOCK } from './invoke/http/clock';
import type { JsonObject } from './invoke/json/json-object';

const { env } = process;
const clock = SYSTEM_CLOCK;
const around: Surroundings = { env, clock };
const options = JSON.parse(env[QUEUE_VARIABLES.options]!) as QueueOptions;
const dynamodb = new ServiceCalls('dynamodb', 'AWS_ENDPOINT_URL_DYNAMODB', around);
const table = new DynamoTable(dynamodb, env[QUEUE_VARIABLES.table]!);

const worker = new QueueWorker({
  invoker: createInvoker(MESSAGES, env),
  clock,
  options,
  admission: new FairAdmission(new RateLimiter(table, clock, options.rate), table, clock),
  ledger: new Ledger(table, clock),
  services: {
    dynamodb,
    sqs: new ServiceCalls('sqs', 'AWS_ENDPOINT_URL_SQS', around),
    events: new ServiceCalls('events', 'AWS_ENDPOINT_URL_EVENTBRIDGE', around),
    buckets: new Buckets(around),
  },
  queueUrl: env[QUEUE_VARIABLES.queueUrl]!,
  deadLetterUrl: env[QUEUE_VARIABLES.deadLetterUrl]!,
  output: env[QUEUE_VARIABLES.output]!,
  log: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
});

/** Answers the messages of a queue, at the rate that all its workers share. */
export async function handler(event: JsonObject, context: LambdaContext): Promise<BatchResult> {
  const { deadline } = callContext(event, context, clock.now());
  return worker.handle(event, deadline, context.awsRequestId);
}
