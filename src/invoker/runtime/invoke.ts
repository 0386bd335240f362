import { InvokerConfig } from './config';
import { InvokerError } from './errors';
import { messagesBody } from './messages-body';
import { messagesRequest, ModelRequest } from './request';
import { serviceError } from './service-error';
import { Sign } from './signer';
import { readBody, Transport } from './transport';

/** Lambda returns at most this much, and takes at most this much. */
const PAYLOAD_LIMIT = 6 * 1024 * 1024;

/** What a call needs from outside: everything that a test replaces. */
export interface Invocation {
  readonly config: InvokerConfig;
  readonly sign: Sign;
  readonly transport: Transport;
  readonly now: () => Date;
}

/** Answers one event: a Messages body or a prompt in, a Messages response out, an `InvokerError` thrown. */
export async function invoke(event: unknown, invocation: Invocation, signal: AbortSignal): Promise<unknown> {
  const { config } = invocation;
  const request = messagesRequest(messagesBody(event, config.options), config);
  return call(request, invocation, signal);
}

async function call(request: ModelRequest, { sign, transport, now }: Invocation, signal: AbortSignal): Promise<unknown> {
  const headers = await sign(request, now());
  const reply = await transport.send(request.path, headers, request.body, signal);
  const text = (await readBody(reply, PAYLOAD_LIMIT)).toString();
  if (reply.statusCode !== 200) throw serviceError(reply.statusCode!, reply.headers, text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvokerError('InvalidResponseError', 'The service\'s answer is not JSON.', { cause });
  }
}
