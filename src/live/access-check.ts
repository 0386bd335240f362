import { LiveAccess, LiveQuota } from './access';
import { Asked } from './asked';
import { Failure } from './failure';
import { LiveProfile } from './profiles';
import { remedyFor } from './remedy';

/** The answer to one question about access. What could not be checked is never in order. */
export interface AccessCheck {
  readonly question: string;
  readonly state: 'in order' | 'missing' | 'could not be checked';
  readonly answer: string;
  /** What to do about it; empty if it is in order. */
  readonly advice: string;
}

/** The questions that GetFoundationModelAvailability answers: which value is good, which are bad, and what to do then. */
const AVAILABILITY: Array<{ question: string; of: keyof LiveAccess; good: string; bad: string[]; advice: (productId?: string) => string }> = [
  {
    question: 'Region',
    of: 'region',
    good: 'AVAILABLE',
    bad: ['NOT_AVAILABLE'],
    advice: () => 'Call it from another source Region: npx cdk-bedrock-haiku regions lists them.',
  },
  {
    question: 'Agreement',
    of: 'agreement',
    good: 'AVAILABLE',
    bad: ['NOT_AVAILABLE', 'PENDING', 'ERROR'],
    advice: (productId) => 'Call the model once as a principal that may aws-marketplace:Subscribe and ViewSubscriptions'
      + `${productId ? ` (product ${productId})` : ''}, which accepts the agreement; it can take 15 minutes.`,
  },
  {
    question: 'Authorization',
    of: 'authorization',
    good: 'AUTHORIZED',
    bad: ['NOT_AUTHORIZED'],
    advice: () => 'Submit the use-case form (PutUseCaseForModelAccess, or the model catalog in the console), and look for an SCP that denies the model.',
  },
  {
    question: 'Entitlement',
    of: 'entitlement',
    good: 'AVAILABLE',
    bad: ['NOT_AVAILABLE'],
    advice: () => 'Ask AWS Support why the account is not entitled to the model; a valid payment method is one of the conditions.',
  },
];

/** Region, agreement, authorization and entitlement. */
export function availabilityChecks(asked: Asked<LiveAccess>, productId?: string): AccessCheck[] {
  return AVAILABILITY.map(({ question, of, good, bad, advice }): AccessCheck => {
    if (!asked.value) return unchecked(question, asked.failure);
    const value = asked.value[of] ?? '';
    if (value === good) return inOrder(question, value);
    if (!bad.includes(value)) return unknown(question, value);
    const error = of === 'agreement' && asked.value.agreementError ? `: ${asked.value.agreementError}` : '';
    return { question, state: 'missing', answer: value + error, advice: remedyFor(error, 'aws-marketplace:Subscribe') ?? advice(productId) };
  });
}

/** The inference profile that requests name. */
export function profileCheck(asked: Asked<LiveProfile>, id: string): AccessCheck {
  const question = 'Inference profile';
  if (asked.failure?.kind === 'not-found') {
    return { question, state: 'missing', answer: `${id}: no such profile`, advice: 'Run npx cdk-bedrock-haiku check, and choose a profile that this Region has.' };
  }
  if (!asked.value) return unchecked(question, asked.failure);
  return asked.value.status === 'ACTIVE' ? inOrder(question, `${id}: ACTIVE`) : unknown(question, asked.value.status);
}

/** The use-case form of Anthropic. A form of the organization's management account holds for its members, so authorization decides. */
export function useCaseFormCheck(asked: Asked<boolean>, access: Asked<LiveAccess>): AccessCheck {
  const question = 'Use-case form';
  if (asked.value === undefined) return unchecked(question, asked.failure);
  if (asked.value) return inOrder(question, 'submitted');
  const answer = 'not submitted by this account';
  if (access.value?.authorization === 'AUTHORIZED') return inOrder(question, `${answer}, which is authorized all the same`);
  return {
    question,
    answer,
    state: access.value ? 'missing' : 'could not be checked',
    advice: 'Submit it once for the account or its organization, and again in an opt-in Region: PutUseCaseForModelAccess, or the model catalog in the console.',
  };
}

/** The quotas that limit calls. New accounts often start at nothing. */
export function quotaChecks(quotas: LiveQuota[]): AccessCheck[] {
  return quotas.map(({ quota, applied }): AccessCheck => {
    const question = `Quota ${quota.code}`;
    if (applied.value === undefined) {
      return applied.failure?.kind === 'not-found'
        ? { ...unchecked(question, applied.failure), answer: `Service Quotas does not list it here (${quota.name})`, advice: 'Look it up in the Service Quotas console.' }
        : unchecked(question, applied.failure);
    }
    const answer = `${applied.value.toLocaleString('en-US')} (${quota.name})`;
    if (applied.value > 0) return inOrder(question, answer);
    return {
      question,
      state: 'missing',
      answer,
      advice: quota.adjustable === false ? 'Ask AWS Support: this quota is not adjustable.' : 'Ask for an increase in Service Quotas.',
    };
  });
}

function inOrder(question: string, answer: string): AccessCheck {
  return { question, state: 'in order', answer, advice: '' };
}

function unchecked(question: string, failure: Failure | undefined): AccessCheck {
  return { question, state: 'could not be checked', answer: failure?.message ?? 'no answer', advice: failure?.advice ?? 'Ask again.' };
}

function unknown(question: string, value: string): AccessCheck {
  return {
    question,
    state: 'could not be checked',
    answer: `"${value}", which this release does not know`,
    advice: 'See the Amazon Bedrock API reference for what it means, or update this package.',
  };
}
