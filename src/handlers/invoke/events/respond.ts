import { callContext, LambdaContext } from './event-source';
import { HttpAnswers, HttpResult, inKindOf } from './http-answer';
import { httpBody } from './http-event';
import { askBatch } from './sqs-batch';
import type { Invoker } from '../call/invoker';
import { asInvokerError } from '../failures/errors';
import type { JsonObject } from '../json/json-object';
import type { CallContext } from '../log/call-record';

/** Answers an event the way its source expects: a value or a throw, an HTTP result, or the failures of a batch. */
export async function respond(event: unknown, context: LambdaContext, invoker: Invoker): Promise<unknown> {
  const { clock, config, log } = invoker.parts;
  const call = callContext(event, context, clock.now());
  switch (call.source) {
    case 'direct':
      return (await invoker.invoke(() => event, call, ({ body }) => body)).body;
    case 'sqs':
      return askBatch(event as JsonObject, {
        clock,
        deadline: call.deadline,
        reportingQueues: config.reportingQueues,
        ask: (read) => invoker.invoke(read, call),
        notAsked: (counts) => log.notAsked(call, counts, clock.now()),
      });
    default:
      return respondHttp(event as JsonObject, call, invoker);
  }
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
    return answers.whole(await invoker.invoke(read, call, returned && ((answer) => returned(answers.whole(answer)))));
  } catch (thrown) {
    return answers.error(asInvokerError(thrown));
  }
}
