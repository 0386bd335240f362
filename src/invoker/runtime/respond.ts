import type { CallContext } from './call-record';
import { asInvokerError } from './errors';
import { sourceOf } from './event-source';
import { httpAnswer, httpBody, httpError, HttpResult } from './http-event';
import type { Answer, Invoker } from './invoker';
import type { JsonObject } from './json-object';
import { askBatch } from './sqs-batch';

/** What the handler reads of Lambda's context. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis(): number;
}

/** Time kept back to report a failure before Lambda ends the process. */
const REPORTING_TIME_MS = 500;

/** Answers an event the way its source expects: a value or a throw, an HTTP result, or the failures of a batch. */
export async function respond(event: unknown, context: LambdaContext, invoker: Invoker): Promise<unknown> {
  const call = callContext(event, context, invoker);
  switch (call.source) {
    case 'direct':
      return (await invoker.invoke(() => event, call, ({ body }) => body)).body;
    case 'sqs':
      return askBatch(event as JsonObject, (read) => invoker.invoke(read, call));
    default:
      return answerHttp(event as JsonObject, call, invoker);
  }
}

export function callContext(event: unknown, context: LambdaContext, { parts }: Invoker): CallContext {
  return {
    source: sourceOf(event),
    deadline: parts.clock.now() + context.getRemainingTimeInMillis() - REPORTING_TIME_MS,
    lambdaRequestId: context.awsRequestId,
  };
}

async function answerHttp(event: JsonObject, call: CallContext, invoker: Invoker): Promise<HttpResult> {
  try {
    const result = ({ text, requestId }: Answer) => httpAnswer(text, requestId);
    return result(await invoker.invoke(() => httpBody(event), call, result));
  } catch (thrown) {
    return httpError(asInvokerError(thrown));
  }
}
