import type { InvokerErrorName } from './errors';

/** Where the call went. */
export interface Target {
  readonly modelId: string;
  readonly region: string;
}

/** What a refusal means here, and what to change. */
export interface Diagnosis {
  readonly advice: string;
  /** A better name than the one that follows from the service's own code. */
  readonly name?: InvokerErrorName;
}

interface Cause {
  readonly matches: RegExp;
  readonly name?: InvokerErrorName;
  readonly advice: (target: Target, message: string) => string;
}

/** The known causes, the most specific first. Bedrock tells them apart only in the text of its message. */
const CAUSES: readonly Cause[] = [
  {
    matches: /use case details/i,
    name: 'AccessDeniedError',
    advice: () => 'Cause: the account has not submitted Anthropic\'s use-case form. Submit it once, in the Bedrock console or with PutUseCaseForModelAccess, and try again.',
  },
  {
    matches: /aws-marketplace|marketplace/i,
    name: 'AccessDeniedError',
    advice: () => 'Cause: the account is not subscribed to the model in AWS Marketplace. Have a principal with aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions call the model once; it takes up to 15 minutes to apply.',
  },
  {
    matches: /service control policy/i,
    advice: (target, message) => `Cause: a service control policy denies ${deniedPlace(target, message)}. It must allow every destination Region of ${target.modelId}; one that is denied fails every call.`,
  },
  {
    matches: /explicit deny in (a|an) ([a-z -]*policy|permissions boundary)|VPC endpoint policy/i,
    advice: (target, message) => `Cause: ${/VPC endpoint/i.test(message) ? 'a VPC endpoint policy' : 'a policy of this account'} denies ${deniedPlace(target, message)}.`,
  },
  {
    matches: /no (identity-based policy|permissions boundary|session policy|VPC endpoint policy|service control policy) allows/i,
    advice: (target, message) => `Cause: no policy allows ${deniedPlace(target, message)}. Grant the target with its grants.invoke(), which names every destination Region of ${target.modelId}.`,
  },
  {
    matches: /model identifier is invalid|on-demand throughput|inference profile .*(not found|does not exist)/i,
    name: 'ConfigurationError',
    advice: ({ modelId, region }) => `Cause: ${JSON.stringify(modelId)} cannot be called from ${region}. Use an inference profile whose source Regions include it.`,
  },
  {
    matches: /access to the model/i,
    advice: ({ modelId, region }) => `Cause: this account has no access to ${modelId} in ${region}: the Marketplace subscription or the use-case form is missing, or the profile is not offered there.`,
  },
];

const SKEW_MS = 5 * 60 * 1000;

/** Which of the known causes fits, or undefined where none does. */
export function diagnose(name: InvokerErrorName, message: string, target: Target, clockDifferenceMs?: number): Diagnosis | undefined {
  if (name === 'AuthenticationError') return authentication(message, clockDifferenceMs);
  if (!['AccessDeniedError', 'NotFoundError', 'InvalidRequestError'].includes(name)) return undefined;
  // A 400 quotes the request, so only the cause that Bedrock reports as a 400 may be read from it.
  const candidates = name === 'InvalidRequestError' ? CAUSES.filter((cause) => cause.name === 'ConfigurationError') : CAUSES;
  const cause = candidates.find(({ matches }) => matches.test(message));
  return cause && { name: cause.name, advice: cause.advice(target, message) };
}

function authentication(message: string, difference: number | undefined): Diagnosis | undefined {
  if (difference !== undefined && Math.abs(difference) > SKEW_MS) {
    const direction = difference > 0 ? 'ahead of' : 'behind';
    return { advice: `Cause: the function's clock is ${Math.round(Math.abs(difference) / 1000)} s ${direction} the service's.` };
  }
  if (/expired/i.test(message)) return { advice: 'Cause: the credentials in the environment have expired; Lambda renews them with a new execution environment.' };
  return undefined;
}

/** Where the denied call was to run: the destination Region of the ARN in the message, or the source Region. */
function deniedPlace({ region }: Target, message: string): string {
  const arn = /arn:[\w-]+:bedrock(?:-mantle)?:([a-z0-9-]*):\d*:[\w-]+\/[\w.:-]+/.exec(message);
  if (!arn) return `the call in ${region}`;
  if (arn[1] === '') return 'the global destination (aws:RequestedRegion "unspecified")';
  return arn[1] === region ? `the source Region ${region}` : `the destination Region ${arn[1]} (source Region ${region})`;
}
