import { InvokerError } from './errors';
import type { InvokerOptions } from './invoker-options';

/** A Messages request body. Only the fields that the handler itself reads or sets are named; every other one passes through. */
export interface MessagesBody {
  readonly model?: unknown;
  readonly stream?: unknown;
  readonly max_tokens?: unknown;
  readonly messages?: unknown;
  readonly system?: unknown;
  readonly [field: string]: unknown;
}

const DEFAULT_MAX_TOKENS = 4096;

/** The event as a Messages body: the `{ "prompt": "..." }` shorthand written out, the construct's defaults filled in. */
export function messagesBody(event: unknown, options: InvokerOptions): MessagesBody {
  const { prompt, ...rest } = asObject(event);
  const body: MessagesBody = prompt === undefined ? rest : { ...rest, messages: fromPrompt(prompt, rest) };
  if (!Array.isArray(body.messages)) {
    throw new InvokerError('InvalidRequestError', `The event has ${body.messages === undefined ? 'no "messages"' : 'a "messages" that is no array'}; send a Messages request body, or { "prompt": "..." }.`);
  }
  return {
    ...body,
    max_tokens: body.max_tokens ?? options.maxTokens ?? DEFAULT_MAX_TOKENS,
    ...body.system === undefined && options.system !== undefined && { system: options.system },
  };
}

function asObject(event: unknown): Record<string, unknown> {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    const given = event === null ? 'null' : Array.isArray(event) ? 'an array' : `a ${typeof event}`;
    throw new InvokerError('InvalidRequestError', `The event is ${given}; send a Messages request body, or { "prompt": "..." }.`);
  }
  return event as Record<string, unknown>;
}

function fromPrompt(prompt: unknown, rest: Record<string, unknown>): unknown[] {
  if (typeof prompt !== 'string' || prompt === '') {
    throw new InvokerError('InvalidRequestError', 'The event\'s "prompt" is not a non-empty string; for anything else send "messages".');
  }
  if (rest.messages !== undefined) {
    throw new InvokerError('InvalidRequestError', 'The event has both "prompt" and "messages"; send one of them.');
  }
  return [{ role: 'user', content: prompt }];
}
