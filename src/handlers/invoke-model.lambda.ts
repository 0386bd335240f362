import { createInvoker } from './invoke/create-invoker';
import { MESSAGES } from './invoke/dialects/messages-dialect';
import type { LambdaContext } from './invoke/events/event-source';
import { respond } from './invoke/events/respond';

const invoker = createInvoker(MESSAGES, process.env);

/** Answers Messages request bodies, from any of Lambda's usual callers. */
export async function handler(event: unknown, context: LambdaContext): Promise<unknown> {
  return respond(event, context, invoker);
}
