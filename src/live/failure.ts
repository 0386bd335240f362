import { remedyFor } from './remedy';

/** Why a question to AWS has no answer. */
export type FailureKind =
  'no-credentials' | 'expired-credentials' | 'invalid-credentials' | 'access-denied' | 'throttled' | 'region-not-enabled' | 'not-found'
  | 'no-endpoint' | 'no-answer' | 'service-error' | 'partial-answer' | 'unknown-error';

/** A question to AWS that has no answer, and what to do about it. */
export interface Failure {
  readonly kind: FailureKind;
  /** The API operation, as IAM writes it: `bedrock:GetInferenceProfile`. */
  readonly action: string;
  readonly region: string;
  /** What happened, for people. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Where and as whom a question is asked. */
export interface Asking {
  readonly region: string;
  /** Whether AWS has recognised the credentials elsewhere: a Region that then does not know them is one that the account has not enabled. */
  readonly credentialsWork: boolean;
}

const NETWORK = /^(E(?!RR_INVALID_URL$)[A-Z_]+|TimeoutError|AbortError)$/;

/** What JavaScript throws where an answer has another shape than the SDK and this package expect. */
const SHAPE = /^(Syntax|Type|Range)Error$/;

/** What each kind of error is called by the services and by the SDK. */
const NAMES: Array<[FailureKind, RegExp]> = [
  ['expired-credentials', /^(ExpiredToken(Exception)?|RequestExpired)$/],
  ['no-credentials', /^(CredentialsProviderError|TokenProviderError)$/],
  ['invalid-credentials', /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature)$/],
  ['access-denied', /^(AccessDenied(Exception)?|UnauthorizedOperation|OptInRequired)$/],
  ['throttled', /^(Throttling(Exception)?|TooManyRequests(Exception)?|RequestLimitExceeded)$/],
  ['not-found', /^(ResourceNotFoundException|NoSuchResourceException)$/],
  ['service-error', /^(Internal(Server|Failure|Service)?(Error|Exception)?|ServiceUnavailable(Exception)?|ServiceException)$/],
  ['partial-answer', /^PartialAnswer$/],
];

/** The most of a message that is passed on. */
const MESSAGE_LENGTH = 500;

/** What an error of the SDK may hold. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  /** Whose fault it is, in errors that a service has described. */
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/** Tells the failures of a call apart. */
export function failureOf(error: unknown, action: string, asking: Asking): Failure {
  const thrown = (error ?? {}) as Thrown;
  const { name = 'Error', message = String(error), code } = thrown;
  const { region } = asking;
  const failed = (kind: FailureKind, text: string, advice: string): Failure =>
    ({ kind, action, region, message: `${action} in ${region}: ${text}`, advice });
  const status = thrown.$response?.statusCode ?? thrown.$metadata?.httpStatusCode;
  const foreign = isForeign(thrown);
  if (status === 429) return failed('throttled', foreign ? 'HTTP 429, too many requests' : said('throttled', name, message, code), ADVICE.throttled(action, region));
  if (code === 'ERR_INVALID_URL') {
    return failed('unknown-error', 'its endpoint is not a URL', 'Correct endpoint_url in the shared configuration of AWS: expected one such as "https://bedrock.example.com".');
  }
  if (foreign) {
    const answered = `${status === undefined ? 'something' : `HTTP ${status} with something`} that is not an answer of AWS`;
    return (status ?? 0) >= 500
      ? failed('service-error', answered, 'The service, or a proxy before it, failed: ask again later, and check proxy and VPC endpoints if this persists.')
      : failed('unknown-error', answered, 'Something else answered in place of AWS: check proxy, firewall, sign-in page of the network and AWS_ENDPOINT_URL, then ask again.');
  }
  const kind = kindOf(name, message, code, status, asking);
  const remedy = TOLD.includes(kind) ? remedyFor(message, action) : undefined;
  return failed(kind, said(kind, name, message, code), remedy ?? ADVICE[kind](action, region));
}

/** An answer that lacks what the API promises. */
export function partialAnswer(lacks: string): Error {
  return Object.assign(new Error(lacks), { name: 'PartialAnswer' });
}

/** Whether something on the way answered: no service of AWS answers with what the SDK cannot read, or without naming the error. */
function isForeign({ name = 'Error', message, code = '', $fault, $response }: Thrown): boolean {
  if (NETWORK.test(name) || NETWORK.test(code)) return false;
  return SHAPE.test(name) || code.startsWith('HPE_') || /^Unknown(Error)?$/.test(name) || /^Unknown(Error)?$/.test(message ?? '')
    // What the SDK throws while it reads an answer has the answer, and no word of the service.
    || ($response !== undefined && $fault === undefined && name === 'Error');
}

function kindOf(name: string, message: string, code: string | undefined, status: number | undefined, asking: Asking): FailureKind {
  if (code === 'ENOTFOUND') return 'no-endpoint';
  if (NETWORK.test(name) || NETWORK.test(code ?? '')) return 'no-answer';
  const kind = NAMES.find(([, names]) => names.test(name))?.[0] ?? 'unknown-error';
  if (kind === 'no-credentials' && /expired/i.test(message)) return 'expired-credentials';
  if (kind === 'invalid-credentials' && asking.credentialsWork) return 'region-not-enabled';
  if (kind === 'unknown-error' && name === 'ValidationException' && /identifier is invalid/i.test(message)) return 'not-found';
  return kind === 'unknown-error' && status !== undefined && status >= 500 ? 'service-error' : kind;
}

function said(kind: FailureKind, name: string, message: string, code: string | undefined): string {
  if (kind === 'no-answer') return `no answer (${code ?? name})`;
  if (kind === 'no-endpoint') return 'no endpoint of that name (ENOTFOUND)';
  if (kind === 'partial-answer') return `partial answer, it lacks ${message}`;
  return `${name}: ${message.slice(0, MESSAGE_LENGTH).replace(/\s+/g, ' ').trim()}`;
}

/** Kinds whose message may tell the remedy. */
const TOLD: FailureKind[] = ['access-denied', 'unknown-error'];

const ADVICE: Record<FailureKind, (action: string, region: string) => string> = {
  'no-credentials': () => 'Sign in, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  'expired-credentials': () => 'The credentials have expired: sign in again (aws sso login, aws login), then ask again.',
  'invalid-credentials': () => 'AWS does not know these credentials: check AWS_PROFILE and the access keys.',
  'access-denied': (action) => `Allow ${action} to this principal, then ask again.`,
  'throttled': () => 'AWS asks to slow down: ask again in a minute.',
  'region-not-enabled': (_, region) => `The account has not enabled ${region}: enable it under AWS account settings, or leave it out.`,
  'not-found': () => 'Check the name.',
  'no-endpoint': (_, region) => `Check the name ${region} and the network: there may be no such endpoint, or no DNS.`,
  'no-answer': () => 'Check network, proxy and VPC endpoints, then ask again.',
  'service-error': () => 'The service failed: ask again later.',
  'partial-answer': () => 'Ask again; if this persists, update this package.',
  'unknown-error': () => 'This release does not know the error: see what AWS says above.',
};
