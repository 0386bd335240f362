import type { CachePlan } from './cache-plan';
import type { ApiName } from '../../../contract/endpoints';
import type { InvokerConfig } from '../config/config';
import type { InvokerError } from '../failures/errors';
import type { ModelRequest } from '../http/transport';
import type { JsonObject } from '../json/json-object';

/** An event's body with the construct's defaults in it, checked. */
export interface Prepared {
  readonly body: JsonObject;
  readonly cache: CachePlan;
  /** The most output tokens that the request asks for. */
  readonly maxTokens?: number;
  /** Tool results in the conversation's last message that report a failure. */
  readonly toolFailures: number;
}

/** What is known about an answer without its text. An absent number was not reported. */
export interface AnswerFacts {
  /** The model's own name for itself. */
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly stopReason?: string;
  readonly toolCalls: number;
  readonly refused: boolean;
  readonly guardrailIntervened: boolean;
  readonly serviceTier?: string;
}

/** What a dialect may read of an HTTP request besides its body. */
export interface HttpRequest {
  /** Decoded, without a slash at its end: the root is empty. */
  readonly path: string;
  header(name: string): string | undefined;
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
  readonly name: ApiName;
  readonly http: HttpSide;
  /** The field that bounds an answer, for errors that advise to lower it. */
  readonly maxTokensField: string;
  /** Fills in the defaults and checks the body; throws an `InvalidRequestError`. */
  prepare(event: unknown, config: InvokerConfig, streamed: boolean): Prepared;
  request(body: JsonObject, config: InvokerConfig, streamed: boolean): ModelRequest;
  facts(answer: JsonObject): AnswerFacts;
}

/** An operation's path on bedrock-runtime. The ID may be an ARN: its slash belongs to the segment. */
export function runtimePath(modelId: string, operation: string): string {
  return `/model/${encodeURIComponent(modelId)}/${operation}`;
}
