import { PolicyKind, readDenial } from '../policy/iam-denial';

/** More of a message is not looked at. */
const LOOKED_AT = 2000;

/** What kept a call from being allowed, and who can change that. */
const POLICIES: { readonly [policy in PolicyKind]?: (action: string, explicit: boolean) => string } = {
  'service control policy': ofOrganization,
  'resource control policy': ofOrganization,
  'permissions boundary': (action) => `The permissions boundary of this principal does not let ${action} through: allow it in the boundary as well, then ask again.`,
  'session policy': (action) => `The session policy of these credentials does not let ${action} through: start a session whose policy allows it, then ask again.`,
  'VPC endpoint policy': (action) => `The policy of the VPC endpoint does not let ${action} through: allow it there, then ask again.`,
  'resource-based policy': (action) => `The policy of the resource does not let ${action} through: its owner must allow it there.`,
  'role trust policy': (action) => `The trust policy of the role does not let ${action} through: let it trust this principal, with the external ID if it asks for one.`,
  'identity-based policy': (action, explicit) => explicit
    ? `A policy of this principal denies ${action}: narrow that statement, then ask again.`
    : `Allow ${action} to this principal, then ask again.`,
};

function ofOrganization(action: string): string {
  return `A policy of the organization does not let ${action} through: its administrators must allow it there. A policy of this account cannot.`;
}

/** Two policies must allow it, and IAM does not say which one does not. */
const ASSUME_ROLE = 'Allow sts:AssumeRole on that role to this principal, and let the trust policy of the role trust this principal, with the external ID if it asks for one; '
  + 'then ask again.';

/** What AWS says of the account or the model rather than of a policy. */
const CAUSES: Array<{ said: RegExp; remedy: string }> = [
  {
    said: /INVALID_PAYMENT_INSTRUMENT|payment (method|instrument)/i,
    remedy: 'Give the account a valid payment method in the Billing console, and ask again some minutes later: the model is sold through AWS Marketplace.',
  },
  {
    said: /use case details/i,
    remedy: 'Submit the use-case form once for the account: PutUseCaseForModelAccess, or the model catalog in the console.',
  },
  { said: /operation not allowed/i, remedy: 'AWS has not opened Amazon Bedrock to this account: ask AWS Support.' },
  { said: /end of (its )?life/i, remedy: 'This model version has reached its end of life: call its successor.' },
];

/** The remedy that fits what AWS said; nothing if its message does not tell. `asked` is the action that was asked for. */
export function remedyFor(message: string, asked: string): string | undefined {
  const text = message.slice(0, LOOKED_AT);
  const cause = CAUSES.find(({ said }) => said.test(text));
  if (cause) return cause.remedy;
  const denial = readDenial(text);
  if (!denial) return undefined;
  // One question may need more than one action: the message names the one that was refused.
  const { action, policy, explicit } = denial;
  if (action === 'sts:AssumeRole' && !policy) return ASSUME_ROLE;
  const remedy = policy && POLICIES[policy];
  if (remedy) return remedy(action, explicit);
  return action === asked ? undefined : `Allow ${action} to this principal, then ask again.`;
}
