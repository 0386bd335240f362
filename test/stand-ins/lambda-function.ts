import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { credentialScope } from './bedrock-runtime/call';
import { checkSignature } from './bedrock-runtime/signature-check';
import { TEST_CREDENTIALS } from './bedrock-runtime/test-credentials';

/** One invocation of a function, as Lambda was asked for it. */
export interface Invoked {
  readonly functionName: string;
  readonly type: string;
  readonly event: unknown;
}

/** Plays Lambda's Invoke of one Region on a loopback port: what a function returns is what `returns` says of its event. */
export class LambdaFunctions {
  static async start(region: string): Promise<LambdaFunctions> {
    const functions = new LambdaFunctions(region);
    await new Promise<void>((resolve) => functions.server.listen(0, '127.0.0.1', resolve));
    return functions;
  }

  public readonly invoked: Invoked[] = [];
  private readonly server: Server = createServer((request, response) => void this.serve(request, response)
    .catch((error: Error) => response.writeHead(403).end(JSON.stringify({ message: error.message }))));

  private constructor(private readonly region: string) {}

  /** What a function returns; an Error is one that it threw, and nothing is no answer at all. */
  public returns: (event: unknown) => unknown = () => ({});

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const headers = request.headers as Record<string, string>;
    const [path, query = ''] = request.url!.split('?');
    const call = { method: 'POST', path, query, headers, body, httpVersion: '1.1' as const, connectionId: 1, ...credentialScope(headers.authorization) };
    await checkSignature(call, { region: this.region, service: 'lambda', credentials: TEST_CREDENTIALS, expiredTokens: [], now: Date.now() });
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    const event = JSON.parse(body.toString()) as unknown;
    const [, name] = /\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)!;
    this.invoked.push({ functionName: decodeURIComponent(name), type, event });
    const returned = this.returns(event);
    if (returned === undefined) return;
    const failed = returned instanceof Error;
    response.writeHead(type === 'Event' ? 202 : 200, {
      'x-amzn-requestid': `invoked-${this.invoked.length}`, ...failed && { 'x-amz-function-error': 'Unhandled' },
    }).end(type === 'Event' ? '' : JSON.stringify(failed ? { errorMessage: returned.message } : returned));
  }
}
