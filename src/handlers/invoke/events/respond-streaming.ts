import type { Writable } from 'node:stream';
import { callContext, LambdaContext } from './event-source';
import { HttpAnswers, HttpHead, HttpResult } from './http-answer';
import { httpBody } from './http-event';
import { answerHttp, respondHttp } from './respond';
import type { Invoker } from '../call/invoker';
import { asInvokerError, InvokerError } from '../failures/errors';
import { isObject, JsonObject } from '../json/json-object';
import type { CallContext } from '../log/call-record';
import { streamAnswer } from '../stream/stream-answer';

/** Lambda's response stream. */
export interface ResponseStream extends Writable {
  setContentType?(type: string): void;
}

/** `awslambda.HttpResponseStream.from`: puts status and headers before the first byte. */
export type WithHttpHead = (out: ResponseStream, head: HttpHead) => ResponseStream;

const EVENT_STREAM = 'text/event-stream';

/**
 * Answers one event on a response stream. As in the Messages API itself, an HTTP caller gets a stream for `"stream": true` and else
 * the answer whole; a direct invocation gets a stream unless it says `"stream": false`.
 *
 * Lambda streams up to 200 MB, more than a model writes, so no size is checked.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export async function respondStreaming(
  event: unknown,
  out: ResponseStream,
  context: LambdaContext,
  invoker: Invoker,
  withHead: WithHttpHead,
): Promise<void> {
  const call = callContext(event, context, invoker.parts.clock.now());
  switch (call.source) {
    case 'direct':
      return respondDirect(event, out, call, invoker);
    case 'sqs':
      throw new InvokerError('ConfigurationError', 'This function streams its answers, which a queue cannot take. Point the queue at a HaikuInvoker without streaming.');
    case 'alb':
    case 'http-api':
      // These take no stream, and read the result that a function without one returns.
      return end(typed(out, 'application/json'), JSON.stringify(await respondHttp(event as JsonObject, call, invoker)));
    default:
      return streamHttp(event as JsonObject, out, call, invoker, withHead);
  }
}

async function respondDirect(event: unknown, out: ResponseStream, call: CallContext, invoker: Invoker): Promise<void> {
  if (!isObject(event) || event.stream !== false) return streamAnswer(() => event, call, invoker, out, () => typed(out, EVENT_STREAM));
  const { written } = await invoker.invoke(() => event, call);
  end(typed(out, 'application/json'), written);
}

async function streamHttp(event: JsonObject, out: ResponseStream, call: CallContext, invoker: Invoker, withHead: WithHttpHead): Promise<void> {
  const answers = new HttpAnswers(invoker.parts.dialect, call);
  const whole = ({ statusCode, headers, body }: HttpResult) => end(withHead(out, { statusCode, headers }), body);
  const { read, streamed } = readOnce(() => httpBody(event, invoker.parts));
  if (!streamed) return whole(await answerHttp(read, call, invoker));
  try {
    await streamAnswer(read, call, invoker, out, (requestId, more) => {
      const { statusCode, headers } = answers.head(200, EVENT_STREAM, requestId, more);
      return withHead(out, { statusCode, headers: { ...headers, 'cache-control': 'no-cache' } });
    });
  } catch (thrown) {
    whole(answers.error(asInvokerError(thrown)));
  }
}

/** Reads at once, and gives what was read, or throws, when it is asked for: what is wrong with a body belongs to the call, and into its log. */
function readOnce(read: () => unknown): { readonly read: () => unknown; readonly streamed: boolean } {
  try {
    const body = read();
    return { read: () => body, streamed: isObject(body) && body.stream === true };
  } catch (thrown) {
    return { read: () => { throw thrown; }, streamed: false };
  }
}

function typed(out: ResponseStream, contentType: string): ResponseStream {
  out.setContentType?.(contentType);
  return out;
}

function end(out: ResponseStream, body: string): void {
  // Lambda's stream sends the head before the first write; an end alone does not count as one.
  out.write(body);
  out.end();
}
