import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Call, KEYS, readCall } from './call';
import { Fault } from './fault';
import { answerOf } from './operations';
import { StandInOrganization } from './organization';
import { expired, Refusal, unrecognised } from './refusal';
import { documentedRegions } from './region-states';
import type { RegionState } from './wire';
import { ACCOUNT } from '../../kit/stack';


/**
 * Stands in for the control planes that the live layer asks, on loopback: Amazon Bedrock, Service Quotas, STS, Account Management and
 * AWS Organizations, told apart by the service and Region that a request is signed for.
 */
export class ControlPlane {
  static async start(): Promise<ControlPlane> {
    const plane = new ControlPlane();
    await new Promise<void>((resolve) => plane.server.listen(0, '127.0.0.1', resolve));
    return plane;
  }

  /** What each Region holds. */
  readonly regions: Map<string, RegionState> = documentedRegions(ACCOUNT);
  /** The organization of the account; none until a test puts it there. */
  organization?: StandInOrganization;
  readonly faults: Fault[] = [];
  /** Every call in order, as `action region`. */
  readonly calls: string[] = [];
  /** The keys that they were signed with. */
  readonly keys: string[] = [];
  /** What roles were assumed. */
  readonly assumed: Record<string, string | undefined>[] = [];
  /** How many items a page holds. */
  pageSize = 1000;
  private readonly server: Server = createServer((request, response) => void this.receive(request, response));
  private readonly sockets = new Set<Socket>();

  private constructor() {
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The environment by which a process asks this stand-in. */
  environment(credentials: 'good' | 'expired' | 'unknown' | 'none' = 'good'): Record<string, string> {
    const key = credentials === 'unknown' ? 'AKIDUNKNOWNEXAMPLE' : KEYS[credentials as keyof typeof KEYS];
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...(credentials !== 'none' && { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' }),
    };
  }

  region(name: string): RegionState {
    const state = this.regions.get(name);
    if (!state) throw new Error(`The stand-in has no Region ${name}`);
    return state;
  }

  async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    this.calls.push(`${call.action} ${call.region}`);
    this.keys.push(call.accessKeyId);
    const fault = this.faults.find((one) => one.action === call.action && (one.region ?? call.region) === call.region && (one.times ?? 1) > 0);
    if (fault?.times !== undefined) (fault as { times: number }).times--;
    if (fault?.silent) return;
    if (fault?.stalled || fault?.dripping) {
      response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': 'stand-in' });
      response.write('{');
      const drip = fault.dripping ? setInterval(() => response.write(' '), 20) : undefined;
      request.socket.on('close', () => clearInterval(drip));
      return;
    }
    if (fault?.page) {
      reply(response, fault.page, { 'content-type': 'text/html' }, '<html><body><h1>Bad Gateway</h1></body></html>');
      return;
    }
    if (fault?.body) {
      const { text, status = 200, headers } = fault.body;
      reply(response, status, { 'content-type': 'application/json', ...headers }, text);
      return;
    }
    if (fault?.reset) {
      request.socket.destroy();
      return;
    }
    try {
      this.checkCaller(call);
      if (fault?.refusal) throw fault.refusal;
      const body = answerOf(call, this);
      reply(response, 200, { 'content-type': call.service === 'sts' ? 'text/xml' : 'application/json' }, fault?.change ? fault.change(body) : body);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 'InternalFailure', String(error));
      const { headers, body } = refusal.answer(call.service);
      reply(response, refusal.status, headers, body);
    }
  }

  private checkCaller({ accessKeyId, service, region }: Call): void {
    if (accessKeyId === KEYS.expired) throw expired(service);
    // A Region that the account has not enabled does not know its credentials.
    const known = ['sts', 'account', 'organizations'].includes(service) || this.regions.get(region)?.enabled;
    if (![KEYS.good, KEYS.assumed].includes(accessKeyId) || !known) throw unrecognised();
  }
}

function reply(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  response.writeHead(status, { ...headers, 'x-amzn-requestid': 'stand-in' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
