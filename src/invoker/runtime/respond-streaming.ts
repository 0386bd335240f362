import type { Writable } from 'node:stream';
import type { CallContext } from './call-record';
import { asInvokerError, InvokerError } from './errors';
import { httpAnswer, httpBody, httpError, HttpResult } from './http-event';
import type { Invoker } from './invoker';
import { isObject, JsonObject } from './json-object';
import { callContext, LambdaContext } from './respond';
import { streamAnswer } from './stream-invocation';

/** Lambda's response stream. */
export interface ResponseStream extends Writable {
  setContentType?(type: string): void;
}

/** `awslambda.HttpResponseStream.from`: puts status and headers before the first byte. */
export type WithHttpHead = (out: ResponseStream, head: { statusCode: number; headers: Record<string, string> }) => ResponseStream;

const EVENT_STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };

/**
 * Streams the answer to one event; an HTTP caller that says `"stream": false` gets it whole. Lambda streams up to 200 MB, more than a
 * model writes, so no size is checked.
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
  const call = callContext(event, context, invoker);
  switch (call.source) {
    case 'direct':
      return streamAnswer(() => event, call, invoker, () => {
        out.setContentType?.(EVENT_STREAM['content-type']);
        return out;
      });
    case 'sqs':
      throw new InvokerError('ConfigurationError', 'This function streams its answers, which a queue cannot take. Point the queue at a HaikuInvoker without streaming.');
    default:
      return streamHttp(event as JsonObject, out, call, invoker, withHead);
  }
}

async function streamHttp(event: JsonObject, out: ResponseStream, call: CallContext, invoker: Invoker, withHead: WithHttpHead): Promise<void> {
  const whole = ({ statusCode, headers, body }: HttpResult) => {
    const stream = withHead(out, { statusCode, headers });
    // Lambda's stream sends the head before the first write; an end alone does not count as one.
    stream.write(body);
    stream.end();
  };
  try {
    if (wantsWhole(event)) {
      const { text, requestId } = await invoker.invoke(() => httpBody(event), call);
      return whole(httpAnswer(text, requestId));
    }
    await streamAnswer(() => httpBody(event), call, invoker, (requestId) =>
      withHead(out, { statusCode: 200, headers: { ...EVENT_STREAM, ...requestId && { 'request-id': requestId } } }));
  } catch (thrown) {
    whole(httpError(asInvokerError(thrown)));
  }
}

function wantsWhole(event: JsonObject): boolean {
  try {
    const body = httpBody(event);
    return isObject(body) && body.stream === false;
  } catch {
    // The call itself reads the body again, and reports what is wrong with it.
    return false;
  }
}
