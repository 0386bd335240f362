import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Call, credentialScope } from './bedrock-runtime/call';
import { Refusal } from './bedrock-runtime/refusal';
import { checkSignature } from './bedrock-runtime/signature-check';
import { TEST_CREDENTIALS } from './bedrock-runtime/test-credentials';

/** An answer in place of the right one; nothing at all, if it is silent. */
export interface StoreFault {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly silent?: boolean;
}

/** Plays S3 and Parameter Store of one Region on a loopback port: GetObject in path style, and GetParameter. */
export class PromptStores {
  static async start(region: string): Promise<PromptStores> {
    const stores = new PromptStores(region);
    await new Promise<void>((resolve) => stores.server.listen(0, '127.0.0.1', resolve));
    return stores;
  }

  /** What is kept: objects by `bucket/key`, with `?versionId=` where one is asked for; parameters by their names, with a selector. */
  readonly objects = new Map<string, string | Buffer>();
  readonly parameters = new Map<string, string>();
  /** Every request, by what it asked for. */
  readonly reads: string[] = [];
  readonly faults: StoreFault[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  private constructor(private readonly region: string) {
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The variables by which a function finds them. */
  get environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL_S3: this.url, AWS_ENDPOINT_URL_SSM: this.url };
  }

  async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await received(request);
    const service = call.headers['x-amz-target'] ? 'ssm' : 's3';
    try {
      const { asked, found } = service === 'ssm' ? this.parameter(call) : this.object(call);
      this.reads.push(asked);
      const fault = this.faults.shift();
      if (fault?.silent) return;
      if (fault) {
        response.writeHead(fault.status ?? 200, fault.headers).end(fault.body);
        return;
      }
      await checkSignature(call, { region: this.region, service, credentials: TEST_CREDENTIALS, expiredTokens: [], now: Date.now() });
      const content = found();
      response.writeHead(200).end(content);
    } catch (error) {
      const { status = 500, type = 'InternalError', message } = error as Refusal;
      response.writeHead(status).end(service === 'ssm'
        ? JSON.stringify({ __type: type, message })
        : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${type}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`);
    }
  }

  private object({ method, path, query }: Call) {
    if (method !== 'GET') throw new Refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
    const asked = decodeURIComponent(path.slice(1)) + (query && `?${query}`);
    return {
      asked,
      found: () => this.objects.get(asked) ?? refuse(404, 'NoSuchKey', 'The specified key does not exist.'),
    };
  }

  private parameter({ method, path, body, headers }: Call) {
    const { Name, WithDecryption } = JSON.parse(body.toString()) as { Name: string; WithDecryption: boolean };
    if (method !== 'POST' || path !== '/' || headers['x-amz-target'] !== 'AmazonSSM.GetParameter' || headers['content-type'] !== 'application/x-amz-json-1.1' || !WithDecryption) {
      throw new Refusal(400, 'InvalidAction', 'No such action.');
    }
    return {
      asked: Name,
      found: () => {
        const Value = this.parameters.get(Name) ?? refuse(400, 'ParameterNotFound', '');
        return JSON.stringify({ Parameter: { Name: Name.split(':')[0], Type: 'SecureString', Value, Version: 1 } });
      },
    };
  }
}

async function received(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path, query = ''] = request.url!.split('?');
  const headers = request.headers as Record<string, string>;
  return { method: request.method!, path, query, headers, body: Buffer.concat(chunks), httpVersion: '1.1', connectionId: 1, ...credentialScope(headers.authorization) };
}

function refuse(status: number, type: string, message: string): never {
  throw new Refusal(status, type, message);
}
