/** What calls may use of the account's quotas. */
export interface RateOptions {
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  /** Default: no bound. */
  readonly tokensPerDay?: number;
  /** How many tokens of the quota one token of output takes. */
  readonly outputWeight: number;
}

/** Where results go: what of it is known at synth time. Its name, URL or ARN stands in a variable of its own. */
export type OutputOptions =
  | { readonly kind: 'queue'; readonly fifo: boolean }
  | { readonly kind: 'event-bus' }
  | { readonly kind: 'bucket'; readonly prefix: string }
  | { readonly kind: 'table'; readonly partitionKey: string };

/** What the construct of a queue tells its worker: one JSON object of literals. */
export interface QueueOptions {
  readonly rate: RateOptions;
  readonly output: OutputOptions;
  /** Failures of a message, throttles left out, after which it goes to the dead-letter queue. */
  readonly maxFailures: number;
  /** The message attribute that names a message's tenant, where it has no message group. */
  readonly tenantAttribute?: string;
}

/** The environment variables of a queue's worker. */
export const QUEUE_VARIABLES = {
  options: 'HAIKU_QUEUE_OPTIONS',
  table: 'HAIKU_QUEUE_TABLE',
  queueUrl: 'HAIKU_QUEUE_URL',
  deadLetterUrl: 'HAIKU_QUEUE_DEAD_LETTER_URL',
  /** The URL of the output's queue, or the name or ARN of its event bus, bucket or table. */
  output: 'HAIKU_QUEUE_OUTPUT',
} as const;

/** The event's source and type, where results go to an event bus. */
export const RESULT_EVENT = { source: 'cdk-bedrock-haiku', detailType: 'Haiku Result' } as const;

/** The partition key of the worker's table, and the attribute by which DynamoDB removes what is over. */
export const WORK_TABLE = { key: 'id', expires: 'expires' } as const;
