import type { CallContext } from './call-record';
import { asInvokerError } from './errors';
import { sourceOf } from './event-source';
import { httpAnswer, httpBody, httpError, HttpResult } from './http-event';
import type { Invoker } from './invoker';
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
      return (await invoker.invoke(() => event, call)).body;
    case 'sqs':
      return askBatch(event as JsonObject, {
        clock: invoker.parts.clock,
        deadline: call.deadline,
        reportingQueues: invoker.parts.config.reportingQueues,
        ask: (read) => invoker.invoke(read, call),
        notAsked: (counts) => invoker.parts.log.notAsked(call, counts),
      });
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
    const { text, requestId } = await invoker.invoke(() => httpBody(event), call);
    return httpAnswer(text, requestId);
  } catch (thrown) {
    return httpError(asInvokerError(thrown));
  }
}
