import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** An answer as a custom resource put it. */
export interface CustomResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  readonly Data?: Record<string, string>;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** The bucket that CloudFormation waits at: takes one PUT for each pre-signed URL, and refuses one with a content type as S3 does. */
export class AnswerBucket {
  static async start(): Promise<AnswerBucket> {
    const bucket = new AnswerBucket();
    await new Promise<void>((resolve) => bucket.server.listen(0, '127.0.0.1', resolve));
    return bucket;
  }

  /** Every answer that came, in order. */
  readonly answers: CustomResourceAnswer[] = [];
  /** How many more PUTs to refuse. */
  refusals = 0;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks);
      const refused = this.refusals > 0 || request.method !== 'PUT' || request.headers['content-type'] || body.length > 4096;
      if (this.refusals > 0) this.refusals--;
      if (!refused) this.answers.push(JSON.parse(body.toString()) as CustomResourceAnswer);
      response.writeHead(refused ? 403 : 200, { connection: 'close' }).end();
    });
  });

  private constructor() {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/answer?X-Amz-Signature=stand-in`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
