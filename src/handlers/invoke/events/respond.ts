import { sourceOf } from './event-source';
import { HttpAnswers, HttpResult, inKindOf } from './http-answer';
import { httpBody } from './http-event';
import { askBatch } from './sqs-batch';
import { asInvokerError } from '../failures/errors';
import type { Answer, Invoker } from '../invoker';
import type { JsonObject } from '../json/json-object';
import type { CallContext } from '../log/call-record';

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
      return askBatch(event as JsonObject, {
        clock: invoker.parts.clock,
        deadline: call.deadline,
        reportingQueues: invoker.parts.config.reportingQueues,
        ask: (read) => invoker.invoke(read, call),
        notAsked: (counts) => invoker.parts.log.notAsked(call, counts, invoker.parts.clock.now()),
      });
    default:
      return respondHttp(event as JsonObject, call, invoker);
  }
}

export function callContext(event: unknown, context: LambdaContext, { parts }: Invoker): CallContext {
  return {
    source: sourceOf(event),
    deadline: parts.clock.now() + context.getRemainingTimeInMillis() - REPORTING_TIME_MS,
    lambdaRequestId: context.awsRequestId,
  };
}

export async function respondHttp(event: JsonObject, call: CallContext, invoker: Invoker): Promise<object> {
  const returned = (result: HttpResult) => inKindOf(event, result);
  return returned(await answerHttp(() => httpBody(event, invoker.parts), call, invoker, returned));
}

/** `returned` is what Lambda is to write as JSON, in one piece; without it, the size of the answer does not matter. */
export async function answerHttp(
  read: () => unknown, call: CallContext, invoker: Invoker, returned?: (result: HttpResult) => object): Promise<HttpResult> {
  const answers = new HttpAnswers(invoker.parts.dialect, call);
  try {
    const whole = ({ text, requestId }: Answer) => answers.whole(text, requestId);
    return whole(await invoker.invoke(read, call, returned && ((answer) => returned(whole(answer)))));
  } catch (thrown) {
    return answers.error(asInvokerError(thrown));
  }
}
