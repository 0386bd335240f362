import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of a service that speaks JSON, or an object that was written. */
export interface JsonCall {
  /** For example `AmazonSQS.SendMessage`, or the method and the path of a request to S3. */
  readonly target: string;
  readonly input: Record<string, unknown>;
  readonly signed: string;
}

/** Records what AWS's JSON services and S3 are asked, on a loopback port, and answers with nothing, or with what a test wants. */
export class AwsJsonStandIn {
  static async start(): Promise<AwsJsonStandIn> {
    const standIn = new AwsJsonStandIn();
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  readonly calls: JsonCall[] = [];
  /** The answers of calls, by their target; the first of a list is used once, the last for ever. */
  readonly answers = new Map<string, Array<{ readonly status: number; readonly body: object }>>();
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = request.headers['x-amz-target'] as string | undefined ?? `${request.method} ${request.url}`;
      const text = Buffer.concat(chunks).toString();
      this.calls.push({ target, input: text === '' ? {} : JSON.parse(text) as Record<string, unknown>, signed: request.headers.authorization ?? '' });
      const list = this.answers.get(target) ?? [];
      const { status, body } = (list.length > 1 ? list.shift() : list[0]) ?? { status: 200, body: {} };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a service was asked to do, in order. */
  inputsOf(target: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.target === target).map(({ input }) => input);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
