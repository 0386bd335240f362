import { CallCheck, checksOf, InferenceCall } from './inference-call';
import { AttachedPolicy, Organization, OrganizationLevel } from './organization';
import { decide, Decision } from '../iam/decision';
import { PolicyStatement } from '../iam/policy-document';

export type Verdict = 'allowed' | 'blocked' | 'unknown';

/** What an organization says of one check of a call. */
export interface JudgedCheck {
  readonly check: CallCheck;
  readonly verdict: Verdict;
  /** What decides, unless it is allowed. */
  readonly barrier?: Barrier;
}

/** Where a check ends, or may end. */
export interface Barrier {
  readonly level: OrganizationLevel;
  /** Left out where nothing at the level allows it. */
  readonly policy?: AttachedPolicy | undefined;
  readonly statement?: PolicyStatement | undefined;
  /** What is not known and decides. */
  readonly unknown?: readonly string[] | undefined;
}

/** What the service control policies of an organization say of a call. */
export interface Reach {
  readonly verdict: Verdict;
  readonly checks: readonly JudgedCheck[];
  /** Who it is that no service control policy binds, if it is so. */
  readonly unbound?: 'service-linked role' | 'management account';
}

/**
 * What the service control policies of an organization say of a call: every level must allow each of its checks, and a Deny at any level
 * blocks it. Blocked wins over unknown, unknown over allowed.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function reachOf(organization: Organization, call: Omit<InferenceCall, 'organizationId'>): Reach {
  const checks = checksOf({ ...call, organizationId: organization.id });
  const unbound = call.caller.serviceLinked ? 'service-linked role' : organization.managementAccount === call.account ? 'management account' : undefined;
  if (unbound) return { verdict: 'allowed', checks: checks.map((check) => ({ check, verdict: 'allowed' })), unbound };
  const judged = checks.map((check) => judge(organization, check));
  const worst = (['blocked', 'unknown'] as const).find((verdict) => judged.some((one) => one.verdict === verdict));
  return { verdict: worst ?? 'allowed', checks: judged };
}

function judge({ levels }: Organization, check: CallCheck): JudgedCheck {
  const decisions = levels.map((level) => ({ level, decision: decide(level.policies.map(({ document }) => document), check) }));
  const first = (is: (decision: Decision) => boolean) => decisions.find(({ decision }) => is(decision));
  // A Deny is named before an Allow that is missing, and what is certain before what is not.
  const found = first(({ outcome, by }) => outcome === 'denied' && by !== undefined)
    ?? first(({ outcome }) => outcome === 'denied')
    ?? first(({ outcome }) => outcome === 'unknown');
  if (!found) return { check, verdict: 'allowed' };
  const { level, decision } = found;
  const { by } = decision;
  const unknown = 'unknown' in decision ? decision.unknown : undefined;
  return { check, verdict: unknown ? 'unknown' : 'blocked', barrier: { level, policy: by && level.policies[by.document], statement: by?.statement, unknown } };
}
