import type { IncomingMessage } from 'node:http';

/** A request as it was received. */
export interface Call {
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** As IAM writes it: `bedrock:GetInferenceProfile`. */
  readonly action: string;
  readonly query: URLSearchParams;
  /** The last part of the path, decoded. */
  readonly id: string;
  readonly body: Record<string, unknown>;
  /** The body where it is a form, as that of STS is. */
  readonly form: URLSearchParams;
}

/** Who the stand-in knows. */
export const KEYS = { good: 'AKIDSTANDINEXAMPLE', expired: 'AKIDEXPIREDEXAMPLE', assumed: 'ASIAASSUMEDEXAMPLE' };

/** Method and first part of the path -> operation of Amazon Bedrock. */
const BEDROCK: Record<string, string> = {
  'GET inference-profiles': 'ListInferenceProfiles',
  'GET inference-profiles/': 'GetInferenceProfile',
  'GET foundation-models/': 'GetFoundationModel',
  'GET foundation-model-availability/': 'GetFoundationModelAvailability',
  'GET use-case-for-model-access': 'GetUseCaseForModelAccess',
  'POST use-case-for-model-access': 'PutUseCaseForModelAccess',
  'GET list-foundation-model-agreement-offers/': 'ListFoundationModelAgreementOffers',
  'POST create-foundation-model-agreement': 'CreateFoundationModelAgreement',
  'GET logging/': 'GetModelInvocationLoggingConfiguration',
  'PUT logging/': 'PutModelInvocationLoggingConfiguration',
  'DELETE logging/': 'DeleteModelInvocationLoggingConfiguration',
};

const SCOPE = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const [, accessKeyId = '', region = '', service = ''] = SCOPE.exec(request.headers.authorization ?? '') ?? [];
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
  const [, first, ...rest] = pathname.split('/');
  const body = text.startsWith('{') ? JSON.parse(text) as Record<string, unknown> : {};
  const form = new URLSearchParams(text);
  const action = {
    bedrock: BEDROCK[`${request.method} ${first}${rest.length > 0 ? '/' : ''}`],
    servicequotas: String(request.headers['x-amz-target']).split('.')[1],
    organizations: String(request.headers['x-amz-target']).split('.')[1],
    sts: form.get('Action'),
    account: first === 'listRegions' ? 'ListRegions' : undefined,
  }[service];
  return { service, region, accessKeyId, action: `${service}:${action ?? 'Unknown'}`, query: searchParams, id: decodeURIComponent(rest.join('/')), body, form };
}
