import { createInvoker } from './invoke/create-invoker';
import { CONVERSE } from './invoke/dialects/converse-dialect';
import type { LambdaContext } from './invoke/events/event-source';
import { respond } from './invoke/events/respond';

const invoker = createInvoker(CONVERSE, process.env);

/** Answers Converse request bodies, from any of Lambda's usual callers. */
export async function handler(event: unknown, context: LambdaContext): Promise<unknown> {
  return respond(event, context, invoker);
}
