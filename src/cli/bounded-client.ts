/** What the clients of the SDK have in common. */
interface Client {
  send: unknown;
}

type Send = (command: unknown, options: { abortSignal: AbortSignal }) => Promise<unknown>;

/**
 * The client, with patience that ends for each question as a whole: looking for credentials, connecting, asking again, and the
 * answer to its last byte. The SDK's own timeouts end with the headers of an answer, and begin anew with each attempt.
 */
export function bounded<C extends Client>(client: C, seconds: number): C {
  const send = (client.send as Send).bind(client);
  client.send = async (command: unknown) => {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        abort.abort();
        reject(Object.assign(new Error(`no whole answer within ${seconds} s`), { name: 'TimeoutError', code: 'ETIMEDOUT' }));
      }, seconds * 1000);
    });
    return Promise.race([send(command, { abortSignal: abort.signal }), late]).finally(() => clearTimeout(timer));
  };
  return client;
}
