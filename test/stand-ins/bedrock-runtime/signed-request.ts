import * as http from 'node:http';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { TEST_CREDENTIALS, TestCredentials } from './test-credentials';

export interface SignedRequest {
  /** Of the stand-in. */
  readonly url: string;
  /** Raw, as it shall arrive. */
  readonly path: string;
  readonly body: string;
  readonly region: string;
  /** @default 'bedrock' */
  readonly service?: string;
  /** @default TEST_CREDENTIALS */
  readonly credentials?: TestCredentials;
  readonly headers?: Record<string, string>;
  /** When it is signed. @default - now */
  readonly signingDate?: Date;
  /** Changes the request after it was signed. */
  readonly tamper?: (signed: { headers: Record<string, string>; body: string }) => { headers: Record<string, string>; body: string };
  /** @default - a connection of its own */
  readonly agent?: http.Agent;
}

export interface SignedResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Signs a POST with SigV4 and sends it over HTTP/1.1, so that a test decides each detail of it. */
export async function sendSigned(request: SignedRequest): Promise<SignedResponse> {
  const { hostname, port, host } = new URL(request.url);
  const signer = new SignatureV4({
    region: request.region,
    service: request.service ?? 'bedrock',
    credentials: request.credentials ?? TEST_CREDENTIALS,
    sha256: Hash.bind(null, 'sha256'),
  });
  const unsigned = {
    method: 'POST',
    protocol: 'http:',
    hostname,
    path: request.path,
    query: {},
    body: request.body,
    headers: { host, 'content-type': 'application/json', ...request.headers },
  };
  const signed = await signer.sign(unsigned, { signingDate: request.signingDate });
  const sent = (request.tamper ?? ((same) => same))({ headers: signed.headers, body: request.body });
  return new Promise((resolve, reject) => {
    const outgoing = http.request({ hostname, port, method: 'POST', path: request.path, headers: sent.headers, agent: request.agent ?? false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    outgoing.on('error', reject);
    outgoing.end(sent.body);
  });
}
