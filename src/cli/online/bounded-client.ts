/** What the clients of the SDK have in common. */
interface Client {
  send: unknown;
}

type Handler = (args: unknown) => Promise<unknown>;

/** A question of the SDK, as far as it is looked into. */
interface Command {
  readonly middlewareStack: { add(middleware: (next: Handler) => Handler, options: { step: 'finalizeRequest'; priority: 'low' }): void };
}

type Send = (command: Command, options: { abortSignal: AbortSignal }) => Promise<unknown>;

/**
 * The client, with patience that ends for each question as a whole: looking for credentials, connecting, asking again, and the
 * answer to its last byte. The SDK's own timeouts end with the headers of an answer, and begin anew with each attempt. If patience
 * ends while the SDK waits before it asks again, as long as a `Retry-After` tells it to, the error is the one that it was answered with.
 */
export function bounded<C extends Client>(client: C, seconds: number): C {
  const send = (client.send as Send).bind(client);
  client.send = async (command: Command) => {
    const abort = new AbortController();
    const attempts = lastErrorOf(command);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(attempts.error ?? Object.assign(new Error(`no whole answer within ${seconds} s`), { name: 'TimeoutError', code: 'ETIMEDOUT' }));
        abort.abort();
      }, seconds * 1000);
    });
    return Promise.race([send(command, { abortSignal: abort.signal }), late]).finally(() => clearTimeout(timer));
  };
  return client;
}

/** Keeps what the last attempt at a question ended with; nothing while one runs. */
function lastErrorOf(command: Command): { readonly error?: unknown } {
  const last: { error?: unknown } = {};
  command.middlewareStack.add((next) => async (args) => {
    last.error = undefined;
    return next(args).catch((error: unknown) => {
      last.error = error;
      throw error;
    });
  }, { step: 'finalizeRequest', priority: 'low' });
  return last;
}
