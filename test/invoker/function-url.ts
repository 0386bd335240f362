import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { functionUrlEvent } from './http-events';
import { contextWith, TestInvoker } from './test-invoker';
import { respond } from '../../src/handlers/invoke/events/respond';
import { respondStreaming } from '../../src/handlers/invoke/events/respond-streaming';
import { IncomingRequest, OutgoingResponse, PolyglotServer } from '../stand-ins/bedrock-runtime/polyglot-server';

/** A function URL on loopback: it makes an event of each request, and an HTTP response of what the handler returns or writes. */
export class FunctionUrl {
  static async start(invoker: TestInvoker, invokeMode: 'BUFFERED' | 'RESPONSE_STREAM' = 'BUFFERED'): Promise<FunctionUrl> {
    const server = await PolyglotServer.start((request, response) => void answer(request, response, invoker, invokeMode));
    return new FunctionUrl(server);
  }

  private constructor(private readonly server: PolyglotServer) {}

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

async function answer(request: IncomingRequest, response: OutgoingResponse, invoker: TestInvoker, invokeMode: string): Promise<void> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  const [path, rawQueryString = ''] = request.url!.split('?');
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith(':')).map(([name, value]) => [name, String(value)]));
  const event = { ...functionUrlEvent({ path, method: request.method, headers, body: Buffer.concat(chunks).toString() }), rawQueryString };
  const context = contextWith(10_000);
  const head = (given: { statusCode: number; headers: Record<string, string> }) => {
    for (const [name, value] of Object.entries(given.headers)) response.setHeader(name, value);
    response.statusCode = given.statusCode;
  };
  if (invokeMode === 'BUFFERED') {
    const result = await respond(event, context, invoker) as { statusCode: number; headers: Record<string, string>; body: string };
    head(result);
    response.end(result.body);
    return;
  }
  const out = new PassThrough();
  out.pipe(response as NodeJS.WritableStream);
  await respondStreaming(event, out, context, invoker, (stream, given) => {
    head(given);
    return stream;
  });
}
