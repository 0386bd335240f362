/** More of a message is not looked at. */
const LOOKED_AT = 2000;

/**
 * What kept a call from being allowed, by the names that IAM's messages have for it, and who can change that.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const POLICIES: Array<{ named: RegExp; remedy: (action: string, explicit: boolean) => string }> = [
  {
    named: /(service|resource) control policy/i,
    remedy: (action) => `A policy of the organization does not let ${action} through: its administrators must allow it there. A policy of this account cannot.`,
  },
  {
    named: /permissions boundary/i,
    remedy: (action) => `The permissions boundary of this principal does not let ${action} through: allow it in the boundary as well, then ask again.`,
  },
  {
    named: /session policy/i,
    remedy: (action) => `The session policy of these credentials does not let ${action} through: start a session whose policy allows it, then ask again.`,
  },
  {
    named: /VPC endpoint policy/i,
    remedy: (action) => `The policy of the VPC endpoint does not let ${action} through: allow it there, then ask again.`,
  },
  {
    named: /resource-based policy/i,
    remedy: (action) => `The policy of the resource does not let ${action} through: its owner must allow it there.`,
  },
  {
    named: /identity-based policy/i,
    remedy: (action, explicit) => explicit
      ? `A policy of this principal denies ${action}: narrow that statement, then ask again.`
      : `Allow ${action} to this principal, then ask again.`,
  },
];

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

/** The remedy that fits what AWS said; nothing if its message does not tell. `asked` is the action, if the message does not name one. */
export function remedyFor(message: string, asked: string): string | undefined {
  const text = message.slice(0, LOOKED_AT);
  const cause = CAUSES.find(({ said }) => said.test(text));
  if (cause) return cause.remedy;
  // One question may need more than one action: the message names the one that was refused.
  const action = /not authorized to perform: ([\w-]{1,64}:\w{1,64})/.exec(text)?.[1] ?? asked;
  const [explicit, implicit] = [/explicit deny in an? ([\w -]{1,64})/i.exec(text), /because no ([\w -]{1,64}) allows/i.exec(text)];
  const named = explicit?.[1] ?? implicit?.[1];
  const policy = named === undefined ? undefined : POLICIES.find((one) => one.named.test(named));
  if (policy) return policy.remedy(action, explicit !== null);
  return action === asked ? undefined : `Allow ${action} to this principal, then ask again.`;
}
