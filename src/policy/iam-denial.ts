/** The kinds of policies that IAM names when it denies a call. */
export type PolicyKind =
  'identity-based policy' | 'permissions boundary' | 'session policy' | 'service control policy' | 'resource control policy'
  | 'resource-based policy' | 'VPC endpoint policy' | 'role trust policy';

/** What IAM says about a call that it denied. */
export interface IamDenial {
  /** As policies write it: `bedrock:InvokeModel`. */
  readonly action: string;
  /** The ARN, or `*`; undefined where the message names none. */
  readonly resource?: string;
  /** Which kind of policy denies the call, or fails to allow it; undefined where the message does not say. */
  readonly policy?: PolicyKind;
  /** Whether a policy denies the call, rather than that none allows it. */
  readonly explicit: boolean;
}

const ACTION = /not authorized to perform:?\s([\w-]{1,64}:\w{1,128})/;
const RESOURCE = /\son resource:?\s([^\s,;]{1,2048})/;
const EXPLICIT = /with an explicit deny in (?:an?|the) /;
const KINDS = /identity-based policy|permissions boundary|session policy|service control policy|resource control policy|resource-based policy|vpc endpoint policy|role trust policy/i;

/**
 * Reads the form that most services give to a denial: who, what, on which resource, and because of which kind of policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-error-examples
 */
export function readDenial(message: string): IamDenial | undefined {
  const action = ACTION.exec(message);
  if (!action) return undefined;
  const rest = message.slice(action.index + action[0].length);
  const kind = KINDS.exec(rest)?.[0];
  return {
    action: action[1],
    resource: RESOURCE.exec(rest)?.[1],
    policy: kind?.toLowerCase().replace('vpc', 'VPC') as PolicyKind | undefined,
    explicit: EXPLICIT.test(rest),
  };
}
