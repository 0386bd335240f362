import { InvokerError } from './errors';
import { serviceOf } from './event-source';
import { isObject, JsonObject } from './json-object';

/** The event as an object with `messages`; the `{ "prompt": "..." }` shorthand is written out with the dialect's `content`. */
export function eventBody(event: unknown, content: (prompt: string) => unknown): JsonObject {
  if (!isObject(event)) {
    const given = event === null ? 'null' : Array.isArray(event) ? 'an array' : `a ${typeof event}`;
    throw new InvokerError('InvalidRequestError', `The event is ${given}; send a request body with "messages", or { "prompt": "..." }.`);
  }
  refuseServiceEvent(event);
  const { prompt, ...rest } = event;
  if (prompt !== undefined) return { ...rest, messages: fromPrompt(prompt, rest, content) };
  if (!Array.isArray(rest.messages)) {
    const given = rest.messages === undefined ? 'no "messages"' : 'a "messages" that is no array';
    throw new InvokerError('InvalidRequestError', `The event has ${given}; send a request body with "messages", or { "prompt": "..." }.`);
  }
  return rest;
}

/** An event of another service would be told that it lacks "messages", which does not say what to do; one of Amazon MQ even has them. */
function refuseServiceEvent(event: JsonObject): void {
  const service = serviceOf(event);
  if (service === undefined) return;
  throw new InvokerError('InvalidRequestError',
    `The event comes from ${service} and is no request body; send a request body with "messages", or { "prompt": "..." }. `
    + 'A rule\'s input transformer, a pipe or a function of your own can make one of it.');
}

/** An event cannot choose: the role of this function may call one model only, and the tags say which. */
export function refuseOtherModel(field: string, given: unknown, modelId: string): void {
  if (given !== undefined && given !== modelId) {
    throw new InvokerError('InvalidRequestError', `The event asks for the model ${JSON.stringify(given)}; this invoker calls ${JSON.stringify(modelId)}. Leave "${field}" out, or deploy a HaikuInvoker for the other model.`);
  }
}

function fromPrompt(prompt: unknown, rest: JsonObject, content: (prompt: string) => unknown): unknown[] {
  if (typeof prompt !== 'string' || prompt === '') {
    throw new InvokerError('InvalidRequestError', 'The event\'s "prompt" is not a non-empty string; for anything else send "messages".');
  }
  if (rest.messages !== undefined) {
    throw new InvokerError('InvalidRequestError', 'The event has both "prompt" and "messages"; send one of them.');
  }
  return [{ role: 'user', content: content(prompt) }];
}
