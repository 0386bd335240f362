import type { AnswerFacts } from './answer-facts';
import type { CachePlan } from './cache-plan';
import type { InvokerConfig } from '../config';
import type { HttpRequest } from '../events/http-event';
import type { InvokerError } from '../failures/errors';
import type { SignedRequest } from '../http/transport';
import type { JsonObject } from '../json/json-object';

/** One call to an endpoint, before it is signed. */
export type ModelRequest = SignedRequest;

/** An event's body with the construct's defaults in it, checked. */
export interface Prepared {
  readonly body: JsonObject;
  readonly cache: CachePlan;
  /** Tool results in the conversation's last message that report a failure. */
  readonly toolFailures: number;
}

/** How a dialect looks to its clients over HTTP. */
export interface HttpSide {
  readonly requestIdHeader: string;
  /** Where the path of the dialect's own operation begins, whatever comes before it; -1 if it does not end this path. */
  start(path: string): number;
  /** What is served, for who asked for something else. */
  served(config: InvokerConfig): string;
  /** The body as an event, with what the path and the headers say. */
  read(body: unknown, request: HttpRequest, config: InvokerConfig): unknown;
  error(error: InvokerError, requestId: string | undefined): { readonly status: number; readonly body: object; readonly errorType?: string };
}

/** One of the two ways to speak with the model: what goes in, what comes out. */
export interface Dialect {
  readonly name: 'messages' | 'converse';
  readonly http: HttpSide;
  /** The field that bounds an answer, for errors that advise to lower it. */
  readonly maxTokensField: string;
  /** Fills in the defaults and checks the body; throws an `InvalidRequestError`. */
  prepare(event: unknown, config: InvokerConfig, streamed: boolean): Prepared;
  request(body: JsonObject, config: InvokerConfig, streamed: boolean): ModelRequest;
  facts(answer: JsonObject): AnswerFacts;
}
