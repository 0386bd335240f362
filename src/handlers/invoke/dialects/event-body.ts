import { serviceOf } from '../events/event-source';
import { InvokerError } from '../failures/errors';
import { numberOf } from '../json/exact-json';
import { isObject, JsonObject } from '../json/json-object';

/** The event as an object with `messages`; the `{ "prompt": "..." }` shorthand is written out with the dialect's `content`. */
export function eventBody(event: unknown, content: (prompt: string) => unknown): JsonObject {
  if (!isObject(event)) {
    const given = event === null ? 'null' : Array.isArray(event) ? 'an array' : `a ${numberOf(event) === undefined ? typeof event : 'number'}`;
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

/** An answer that comes whole is no stream: a client that reads events would find none, and pay for it. */
export function checkStream(asked: unknown, streamed: boolean): void {
  if (asked === undefined || asked === null || typeof asked === 'boolean' && (streamed || !asked)) return;
  throw new InvokerError('InvalidRequestError', typeof asked === 'boolean'
    ? 'The event asks for a stream, and this function answers whole. Leave "stream" out, or call a HaikuInvoker that streams: one with responseStreaming, or with a function URL that streams.'
    : 'The event\'s "stream" is neither true nor false; use one of them, or leave it out.');
}

/** An event of another service would be told that it lacks "messages", which does not say what to do; one of Amazon MQ even has them. */
function refuseServiceEvent(event: JsonObject): void {
  const service = serviceOf(event);
  if (service === undefined) return;
  throw new InvokerError('InvalidRequestError',
    `The event comes from ${service} and is no request body; send a request body with "messages", or { "prompt": "..." }. `
    + 'A rule\'s input transformer, a pipe or a function of your own can make one of it.');
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
