import type { AnswerFacts } from './answer-facts';
import type { CachePlan } from './cache-plan';
import type { InvokerConfig } from './config';
import type { JsonObject } from './json-object';
import type { SignedRequest } from './transport';

/** One call to an endpoint, before it is signed. */
export type ModelRequest = SignedRequest;

/** An event's body with the construct's defaults in it, checked. */
export interface Prepared {
  readonly body: JsonObject;
  readonly cache: CachePlan;
  /** Tool results in the conversation's last message that report a failure. */
  readonly toolFailures: number;
}

/** One of the two ways to speak with the model: what goes in, what comes out. */
export interface Dialect {
  readonly name: 'messages' | 'converse';
  /** The field that bounds an answer, for errors that advise to lower it. */
  readonly maxTokensField: string;
  /** Fills in the defaults and checks the body; throws an `InvalidRequestError`. */
  prepare(event: unknown, config: InvokerConfig, streamed: boolean): Prepared;
  request(body: JsonObject, config: InvokerConfig, streamed: boolean): ModelRequest;
  facts(answer: JsonObject): AnswerFacts;
}
