import { randomUUID } from 'node:crypto';
import { reset, send } from './answer';
import { answer, refuse } from './answers';
import { credentialScope, RecordedCall } from './call';
import { FaultQueue } from './fault-queue';
import { Model } from './model';
import type { OtherModels } from './model-access';
import { MessagesService, Operation, parseOperation } from './operation';
import { Connection, IncomingRequest, OutgoingResponse, PolyglotServer } from './polyglot-server';
import { Refusal } from './refusal';
import { checkSignature } from './signature-check';
import { EXPIRED_CREDENTIALS, TEST_ACCOUNT, TEST_CREDENTIALS, TestCredentials } from './test-credentials';

export interface BedrockStandInOptions {
  /** The source Region whose endpoints are played. */
  readonly region: string;
  /** @default TEST_ACCOUNT */
  readonly account?: string;
  /** @default TEST_CREDENTIALS */
  readonly credentials?: TestCredentials;
  /** @default - any well-formed application inference profile ID exists */
  readonly applicationProfiles?: string[];
  /** IDs of inference profiles of other models, and what they take. @default - none exist */
  readonly otherModels?: OtherModels;
  /** Whose Messages API is played. @default 'bedrock-mantle' */
  readonly messages?: MessagesService;
}

/** Plays the bedrock-runtime and bedrock-mantle endpoints of one Region on a loopback port. */
export class BedrockStandIn {
  static async start(options: BedrockStandInOptions): Promise<BedrockStandIn> {
    const standIn = new BedrockStandIn(options);
    standIn.server = await PolyglotServer.start((request, response, connection) => {
      // Only a caller that left can make this fail, and it reads no answer.
      standIn.serve(request, response, connection).catch(() => reset(connection));
    });
    return standIn;
  }

  /** Every request, in order of arrival. */
  public readonly calls: RecordedCall[] = [];
  public readonly faults = new FaultQueue();
  /** How far the service's clock is from this machine's. */
  public clockOffsetMs = 0;
  /** The credentials that are good now. */
  public credentials: TestCredentials;
  private readonly model: Model;
  private server!: PolyglotServer;

  private constructor(private readonly options: BedrockStandInOptions) {
    const { region, account = TEST_ACCOUNT, applicationProfiles, otherModels } = options;
    this.model = new Model({ region, account, applicationProfiles, otherModels });
    this.credentials = options.credentials ?? TEST_CREDENTIALS;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** TCP connections accepted so far. */
  public get connections(): number {
    return this.server.accepted;
  }

  /** Closes the connections that are open, as an idle timeout of the service would; new ones are welcome. */
  public closeConnections(): void {
    this.server.closeConnections();
  }

  public async stop(): Promise<void> {
    await this.server.stop();
  }

  private async serve(request: IncomingRequest, response: OutgoingResponse, connection: Connection): Promise<void> {
    const call = await receive(request, connection);
    this.calls.push(call);
    const requestId = randomUUID();
    const service = call.path.startsWith('/anthropic/') ? 'bedrock-mantle' : 'bedrock';
    const fault = this.faults.next(call);
    if (fault.silence === 'hang') return;
    if (fault.silence === 'reset') return reset(connection);

    const now = Date.now() + this.clockOffsetMs + (fault.clockOffsetMs ?? 0);
    const reply = await this.reply(call, now, requestId, fault).catch((error: unknown) => {
      if (error instanceof Refusal) return refuse(error, service, requestId);
      throw error;
    });
    call.status = reply.status;
    await send({ ...reply, headers: { ...reply.headers, date: new Date(now).toUTCString() } }, response, connection);
  }

  private async reply(call: RecordedCall, now: number, requestId: string, fault: ReturnType<FaultQueue['next']>) {
    const operation: Operation = parseOperation(call.method, call.path, this.options.messages);
    await checkSignature(call, {
      region: this.options.region,
      service: operation.service,
      credentials: this.credentials,
      expiredTokens: [EXPIRED_CREDENTIALS.sessionToken!],
      now,
    });
    if (fault.refusal !== undefined) throw fault.refusal;
    const whole = answer(operation, call, this.model, requestId, fault);
    return fault.alter === undefined ? whole : fault.alter(whole);
  }
}

async function receive(request: IncomingRequest, connection: Connection): Promise<RecordedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = headersOf(request);
  const [path, query = ''] = splitOnce(request.url ?? '/', '?');
  return {
    method: request.method ?? '',
    path,
    query,
    headers,
    body: Buffer.concat(chunks),
    httpVersion: request.httpVersion === '2.0' ? '2.0' : '1.1',
    connectionId: connection.id,
    ...credentialScope(headers.authorization),
  };
}

function headersOf(request: IncomingRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  // HTTP/2 carries the host in a pseudo-header.
  if (headers[':authority'] !== undefined) headers.host ??= headers[':authority'];
  return headers;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
