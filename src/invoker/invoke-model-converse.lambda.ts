import { CONVERSE } from './runtime/converse-dialect';
import { createInvoker } from './runtime/create-invoker';
import { LambdaContext, respond } from './runtime/respond';

const invoker = createInvoker(CONVERSE, process.env);

/** Answers Converse request bodies, from any of Lambda's usual callers. */
export async function handler(event: unknown, context: LambdaContext): Promise<unknown> {
  return respond(event, context, invoker);
}
