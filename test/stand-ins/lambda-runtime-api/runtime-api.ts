import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { FunctionError, Invocation, MAX_RESPONSE_BYTES, Outcome } from './invocation';
import { parseStreamedResponse, trailerError } from './streamed-response';

const PREFIX = '/2018-06-01/runtime';

export interface RuntimeApiListener {
  /** The runtime asks for work: its start, or the invocation before, is over. */
  onIdle(): void;
  /** The handler could not be loaded. */
  onInitError(error: FunctionError): void;
  onOutcome(requestId: string, outcome: Outcome): void;
}

/** The Lambda Runtime API on a loopback port, for one execution environment. */
export class RuntimeApi {
  static async start(listener: RuntimeApiListener): Promise<RuntimeApi> {
    const api = new RuntimeApi(listener);
    await new Promise<void>((resolve, reject) => api.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return api;
  }

  private readonly server: http.Server;
  private waiting?: http.ServerResponse;
  private current?: Invocation;

  private constructor(private readonly listener: RuntimeApiListener) {
    this.server = http.createServer({ keepAliveTimeout: 0 }, (request, response) => {
      // A process that died in the middle of a request is reported by its exit.
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** What `AWS_LAMBDA_RUNTIME_API` holds. */
  public get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Hands an event to the runtime, which must be idle. */
  public dispatch(invocation: Invocation): void {
    if (this.waiting === undefined) throw new Error('The runtime has not asked for an invocation.');
    this.current = invocation;
    this.waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': `Root=1-00000000-${invocation.requestId.replace(/-/g, '').slice(0, 24)};Sampled=0`,
    });
    this.waiting.end(invocation.payload);
    this.waiting = undefined;
  }

  /** Forgets a runtime that is no more. */
  public disconnect(): void {
    this.waiting = undefined;
    this.current = undefined;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${PREFIX}/invocation/next`) {
      this.waiting = response;
      return this.settle();
    }
    if (request.method === 'POST' && path === `${PREFIX}/init/error`) {
      this.listener.onInitError(JSON.parse((await read(request)).toString('utf8')) as FunctionError);
      return accept(response);
    }
    const [, requestId, kind] = new RegExp(`^${PREFIX}/invocation/([^/]+)/(response|error)$`).exec(path) ?? [];
    if (request.method !== 'POST' || requestId === undefined || requestId !== this.current?.requestId) return answer(response, 400, 'InvalidRequestID');
    if (kind === 'error') {
      this.end(requestId, { error: JSON.parse((await read(request)).toString('utf8')) as FunctionError });
      return accept(response);
    }
    return this.receive(requestId, request, response);
  }

  /** A failing stream may still be on its way when the runtime asks for the next event over another connection. */
  private settle(): void {
    if (this.waiting !== undefined && this.current === undefined) this.listener.onIdle();
  }

  private end(requestId: string, outcome: Outcome): void {
    this.current = undefined;
    this.listener.onOutcome(requestId, outcome);
    this.settle();
  }

  private async receive(requestId: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
      const bytes = await read(request, this.current?.onChunk);
      const stream = parseStreamedResponse(request.headers['content-type'] ?? '', bytes);
      this.end(requestId, { stream, error: trailerError(request.trailers) });
      return accept(response);
    }
    const payload = await read(request);
    if (payload.length <= MAX_RESPONSE_BYTES) {
      this.end(requestId, { payload });
      return accept(response);
    }
    const errorMessage = `Response payload size (${payload.length} bytes) exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
    this.end(requestId, { error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } });
    return answer(response, 413, 'RequestEntityTooLarge');
  }
}

async function read(request: http.IncomingMessage, onChunk?: (chunk: Buffer) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    onChunk?.(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function accept(response: http.ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'OK' }));
}

function answer(response: http.ServerResponse, status: number, errorType: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errorMessage: errorType, errorType }));
}
