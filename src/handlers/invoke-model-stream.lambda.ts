import { createInvoker } from './invoke/create-invoker';
import { MESSAGES } from './invoke/dialects/messages-dialect';
import type { LambdaContext } from './invoke/events/event-source';
import { respondStreaming, ResponseStream, WithHttpHead } from './invoke/events/respond-streaming';

/** What Lambda's Node.js runtime puts into the global scope. */
declare const awslambda: {
  readonly HttpResponseStream: { from: WithHttpHead };
  streamifyResponse(handle: (event: unknown, out: ResponseStream, context: LambdaContext) => Promise<void>): unknown;
};

const invoker = createInvoker(MESSAGES, process.env);

/** Answers Messages request bodies with the Messages API's server-sent events, as they arrive. */
export const handler = awslambda.streamifyResponse(
  (event, out, context) => respondStreaming(event, out, context, invoker, awslambda.HttpResponseStream.from),
);
