import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { AnswerBucket, CustomResourceAnswer } from '../../test/stand-ins/cloudformation';
import { FunctionConfiguration, LambdaProcess } from '../../test/stand-ins/lambda-runtime-api';

/** What the stand-in for CloudFormation wants to be run: a deployed function with an event that lacks only where to answer. */
interface Invocation extends Required<Pick<FunctionConfiguration, 'env' | 'functionName' | 'handler' | 'handlerDir' | 'memoryMiB' | 'region'>> {
  readonly timeoutMs: number;
  readonly event: { readonly RequestType: string; readonly ResourceType: string; readonly RequestId: string; readonly LogicalResourceId: string };
}

/** Runs the functions of custom resources, each event in a new process, and returns what they put at their ResponseURL. */
export class FunctionRunner {
  static async start(): Promise<FunctionRunner> {
    const runner = new FunctionRunner(await AnswerBucket.start());
    await new Promise<void>((resolve) => runner.server.listen(0, '127.0.0.1', resolve));
    return runner;
  }

  /** The endpoint that the functions take for AWS. */
  endpoint?: string;
  /** Every event in order, such as `Create Custom::HaikuPreflight`. */
  readonly requests: string[] = [];
  /** What the functions wrote. */
  readonly log: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    this.run(request).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });

  private constructor(private readonly bucket: AnswerBucket) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.bucket.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async run(request: IncomingMessage): Promise<Partial<CustomResourceAnswer>> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { env, event, ...configuration } = JSON.parse(Buffer.concat(chunks).toString()) as Invocation;
    this.requests.push(`${event.RequestType} ${event.ResourceType}`);
    const lambda = await LambdaProcess.start({ ...configuration, env: { ...env, AWS_ENDPOINT_URL: this.endpoint! } });
    try {
      const { stdout } = await lambda.invoke({ ...event, ResponseURL: this.bucket.url });
      this.log.push(...stdout);
    } finally {
      await lambda.stop();
    }
    // Without an answer CloudFormation waits for the resource's ServiceTimeout, and then says this; here nobody waits.
    const silence = { Status: 'FAILED', Reason: `CloudFormation did not receive a response from your Custom Resource. RequestId: ${event.RequestId}` } as const;
    const answer = this.bucket.answers.find(({ RequestId }) => RequestId === event.RequestId);
    if (!answer) return silence;
    if (answer.Status === 'SUCCESS') return answer;
    const Reason = `Received response status [FAILED] from custom resource. Message returned: ${answer.Reason} (RequestId: ${event.RequestId})`;
    return { ...answer, Reason };
  }
}
