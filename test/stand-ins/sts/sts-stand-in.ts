import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../bedrock-runtime/refusal';
import { checkSignature } from '../bedrock-runtime/signature-check';
import { TEST_CREDENTIALS, TestCredentials } from '../bedrock-runtime/test-credentials';

/** The role of another account that the stand-in gives credentials of. */
export const ROLE = 'arn:aws:iam::444455556666:role/model-access';

/** What the next request gets in the place of its answer. */
export interface StsFault {
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** The whole body, which need not be of STS. */
  readonly body?: string;
  readonly silence?: 'hang' | 'reset';
}

/** Plays `sts:AssumeRole` of one Region on a loopback port: checks the function's own signature, and gives each session credentials of its own. */
export class StsStandIn {
  static async start(region = 'eu-west-2'): Promise<StsStandIn> {
    const standIn = new StsStandIn(region);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  /** The parameters of each request, in order of arrival. */
  readonly asked: Record<string, string>[] = [];
  readonly faults: StsFault[] = [];
  /** The credentials of each session, in order. */
  readonly sessions: TestCredentials[] = [];
  /** What the trust policy of the role asks for. */
  externalId?: string;
  lifeSeconds = 3600;
  /** How far the service's clock is from this machine's. */
  clockOffsetMs = 0;
  /** Milliseconds until an answer. */
  delayMs = 0;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  private constructor(private readonly region: string) {}

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
    const parameters = Object.fromEntries(new URLSearchParams(body.toString()));
    this.asked.push(parameters);
    const fault = this.faults.shift();
    if (fault?.silence === 'hang') return;
    if (fault?.silence === 'reset') return void request.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const now = Date.now() + this.clockOffsetMs;
    const answer = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1', 'date': new Date(now).toUTCString() });
      response.end(text);
    };
    try {
      const headers = request.headers as Record<string, string>;
      await checkSignature({ method: request.method!, path: request.url!, query: '', headers, body, httpVersion: '1.1', connectionId: 1 },
        { region: this.region, service: 'sts', credentials: TEST_CREDENTIALS, expiredTokens: [], now });
      if (fault?.body !== undefined) return answer(fault.status ?? 200, fault.body);
      if (fault) throw new Refusal(fault.status ?? 403, fault.code ?? 'AccessDenied', fault.message ?? '');
      answer(200, this.assumed(parameters, now));
    } catch (error) {
      const { status = 500, type = 'InternalFailure', message } = error as Refusal;
      answer(status, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <Error>\n    <Type>Sender</Type>\n    <Code>${type}</Code>\n    `
        + `<Message>${escaped(message)}</Message>\n  </Error>\n  <RequestId>request-1</RequestId>\n</ErrorResponse>`);
    }
  }

  private assumed({ Action, RoleArn, ExternalId, RoleSessionName }: Record<string, string>, now: number): string {
    if (Action !== 'AssumeRole' || !/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) throw new Refusal(400, 'ValidationError', `${Action} is not valid.`);
    if (RoleArn !== ROLE || ExternalId !== this.externalId) {
      throw new Refusal(403, 'AccessDenied', `User: arn:aws:sts::111122223333:assumed-role/f/f is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`);
    }
    const number = this.sessions.length + 1;
    const session = { accessKeyId: `ASIASESSION${number}`, secretAccessKey: `secret+of/session${number}`, sessionToken: `token/of+session==${number}` };
    this.sessions.push(session);
    return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::444455556666:assumed-role/model-access/x</Arn></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${session.accessKeyId}</AccessKeyId>
      <SecretAccessKey>${session.secretAccessKey}</SecretAccessKey>
      <SessionToken>${session.sessionToken}</SessionToken>
      <Expiration>${new Date(now + this.lifeSeconds * 1000).toISOString()}</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>
</AssumeRoleResponse>`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
