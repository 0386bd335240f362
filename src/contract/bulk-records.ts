/** How the records of a set were asked: in a batch job, at half price, or one by one. */
export type BulkRoute = 'batch' | 'on-demand';

/** What a record took, as the model counted it. What it did not report is left out. */
export interface BulkUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
}

/** Why a record has no answer. The code is a name of the invoker's errors, or a status of Amazon Bedrock's batch inference. */
export interface BulkFailure {
  readonly errorCode: string | number;
  readonly errorMessage: string;
}

/** One line of results: what became of one record. It has an answer or an error, never both. */
export interface BulkResult {
  readonly recordId: string;
  /** The model's answer, a Messages response. */
  readonly modelOutput?: unknown;
  readonly error?: BulkFailure;
  /** How often the record was sent to the model. */
  readonly attempts: number;
  readonly route: BulkRoute;
  readonly usage?: BulkUsage;
}

/** What a million tokens cost, in US dollars, as the model's card has it. What it does not publish is left out, and then no cost is said. */
export interface BulkPrices {
  readonly asOf: string;
  readonly sourceUrl: string;
  readonly onDemand: TokenRate;
  readonly batch?: TokenRate;
}

interface TokenRate {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

/** What is counted of one route. */
export interface BulkCounts {
  readonly records: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Calls of the model. */
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/** The numbers of each route, and the failures by their codes: what stands in a manifest, and what parts of a set are added up from. */
export interface BulkTally {
  readonly routes: { readonly [route in BulkRoute]?: BulkCounts };
  readonly failures: { readonly [code: string]: number };
}

/** The most that one record may hold, in bytes of its line: the body of a call, and its ID. */
export const MOST_RECORD_ID_CHARACTERS = 256;
