import { denialAdvice, Target } from './denial-advice';
import type { InvokerErrorName } from './errors';
import { readDenial } from '../../../policy/iam-denial';

/** What a refusal means here, and what to change. */
export interface Diagnosis {
  readonly advice: string;
  /** A better name than the one that follows from the service's own code. */
  readonly name?: InvokerErrorName;
}

interface Cause {
  readonly matches: RegExp;
  readonly name?: InvokerErrorName;
  /** Whether Bedrock says this with status 400 too, in these words and no others. */
  readonly as400?: boolean;
  /** Undefined where the cause cannot be the function's. */
  readonly advice: (target: Target) => string | undefined;
}

/**
 * The known causes that IAM does not name, the most specific first. Bedrock tells them apart only in the text of its message.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
 */
const CAUSES: readonly Cause[] = [
  {
    matches: /INVALID_PAYMENT_INSTRUMENT|valid payment (?:instrument|method)/i,
    name: 'AccessDeniedError',
    advice: () => 'Cause: the account has no payment method that AWS Marketplace accepts. Add a valid one in the Billing console, for an account of an organization in the management account, and try again after 15 minutes.',
  },
  {
    matches: /use case details|use-case form/i,
    name: 'AccessDeniedError',
    advice: () => 'Cause: the account has not submitted Anthropic\'s use-case form. Submit it once, in the Bedrock console or with PutUseCaseForModelAccess, and try again.',
  },
  {
    matches: /subscription for this model is still being processed/i,
    name: 'AccessDeniedError',
    advice: () => 'Cause: the account\'s subscription to the model in AWS Marketplace is under way. Try again after 15 minutes.',
  },
  {
    matches: /^Model access is denied due to INVALID_LOCATION|^Access to Anthropic models is not allowed from unsupported/,
    name: 'AccessDeniedError',
    as400: true,
    advice: () => 'Cause: the model is not offered in the country that the account, or who calls, is in. Check the account\'s address and https://www.anthropic.com/supported-countries.',
  },
  {
    matches: /^Access to this model is not available for channel program accounts/,
    name: 'AccessDeniedError',
    as400: true,
    advice: () => 'Cause: the account belongs to a reseller\'s program. Ask the AWS Solution Provider or Distributor for the model.',
  },
  {
    matches: /INTERNAL_SERVICE_ERROR/,
    name: 'AccessDeniedError',
    advice: () => 'Cause: AWS Marketplace itself failed to subscribe the account to the model. Try again after 15 minutes; if that fails too, ask AWS Support.',
  },
  {
    matches: /aws-marketplace|marketplace/i,
    name: 'AccessDeniedError',
    advice: () => 'Cause: the account is not subscribed to the model in AWS Marketplace. Have a principal with aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions call the model once; it takes up to 15 minutes to apply.',
  },
  {
    matches: /^This model version has reached the end of its life\./,
    name: 'NotFoundError',
    as400: true,
    advice: ({ modelId }) => `Cause: AWS has retired the model of ${modelId}. Deploy with a newer model card.`,
  },
  {
    matches: /marked by (?:the )?provider as legacy/i,
    advice: ({ modelId }) => `Cause: the model of ${modelId} is in its legacy period, in which only accounts that call it regularly may go on. Deploy with a newer model card.`,
  },
  {
    matches: /^(?:Operation not allowed|Your account is not authorized to (?:invoke this API operation|access this model))\b/,
    name: 'AccessDeniedError',
    as400: true,
    advice: ({ region }) => `Cause: AWS does not let this account call Bedrock models in ${region}, whatever its policies allow. Try the model in the Bedrock console's playground there; if that fails too, ask AWS Support to lift the restriction.`,
  },
  {
    matches: /^The provided model identifier is invalid|^Invocation of model ID \S{1,2048} with on-demand throughput/,
    name: 'ConfigurationError',
    as400: true,
    advice: ofWrongProfile,
  },
  {
    matches: /^The guardrail (?:identifier or version provided in the request does not exist|with id \S{1,2048} and version \S{1,10} was not found)/,
    name: 'ConfigurationError',
    as400: true,
    advice: ({ region, options }) => options?.guardrail && `Cause: the guardrail of this function, or its version, does not exist in ${region}. Name one that does in the invoker's guardrail prop.`,
  },
  {
    matches: /inference profile .{0,200}(?:not found|does not exist)/i,
    name: 'ConfigurationError',
    advice: ofWrongProfile,
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
  // A 400 quotes the request, so only a cause that Bedrock reports as a 400 may be read from it.
  if (name === 'InvalidRequestError') return diagnosis(CAUSES.find(({ as400, matches }) => as400 && matches.test(message)), target);
  const denial = readDenial(message);
  return denial ? { name: 'AccessDeniedError', advice: denialAdvice(denial, target) } : diagnosis(CAUSES.find(({ matches }) => matches.test(message)), target);
}

function ofWrongProfile({ modelId, region }: Target): string {
  return `Cause: ${JSON.stringify(modelId)} cannot be called from ${region}. Use an inference profile whose source Regions include it.`;
}

function diagnosis(cause: Cause | undefined, target: Target): Diagnosis | undefined {
  const advice = cause?.advice(target);
  return advice ? { name: cause?.name, advice } : undefined;
}

function authentication(message: string, difference: number | undefined): Diagnosis | undefined {
  if (difference !== undefined && Math.abs(difference) > SKEW_MS) {
    const direction = difference > 0 ? 'ahead of' : 'behind';
    return { advice: `Cause: the function's clock is ${Math.round(Math.abs(difference) / 1000)} s ${direction} the service's.` };
  }
  if (/signature expired|not yet current|time ?stamp|date stamp/i.test(message)) {
    return { advice: 'Cause: the function\'s clock is not the service\'s, or the request took more than five minutes to arrive.' };
  }
  if (/expired/i.test(message)) return { advice: 'Cause: the credentials in the environment have expired; Lambda renews them with a new execution environment.' };
  return undefined;
}
