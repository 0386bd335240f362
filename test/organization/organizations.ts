import { Geography } from '../../src/catalog/geography';
import { ModelCard } from '../../src/catalog/model-card';
import { anyCaller, callerOf } from '../../src/organization/caller';
import { CallKind } from '../../src/organization/inference-call';
import { readOrganization } from '../../src/organization/organization';
import { reachOf } from '../../src/organization/reach';
import { decide } from '../../src/routing/decision';
import { InferenceRouting } from '../../src/routing/inference-routing';
import { ACCOUNT } from '../kit/stack';

export type Statement = Record<string, unknown>;

export const FULL_ACCESS = { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };

/** A call as the command line takes it. */
export interface Call {
  readonly from: string;
  /** Left out for global inference. */
  readonly geo?: string;
  readonly kind?: CallKind;
  readonly principal?: string;
}

export function document(statements: Statement | Statement[], Version: string | undefined = '2012-10-17') {
  return { Version, Statement: statements };
}

/** An organization with these statements in the policy "rule" of its organizational unit, beside full access. */
export function withRule(statements: Statement | Statement[], version?: string) {
  return {
    levels: [
      { name: 'Root', policies: [FULL_ACCESS] },
      { name: 'OU', policies: [FULL_ACCESS, { name: 'rule', document: document(statements, version) }] },
      { name: 'Account', policies: [FULL_ACCESS] },
    ],
  };
}

/** What does not pass: `Region of the model` or `profile`, with its verdict if that is not blocked, and what decides. */
export function barriers(organization: object, { from, geo, kind = 'invoke', principal }: Call): string[] {
  const routing = geo === undefined ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(geo));
  const decision = decide(ModelCard.CLAUDE_HAIKU_4_5, routing, from);
  if ('finding' in decision) throw new Error(decision.finding.code);
  const caller = principal === undefined ? anyCaller(ACCOUNT, 'aws') : callerOf(principal, ACCOUNT);
  const reach = reachOf(readOrganization(JSON.stringify(organization), 'org.json'), { kind, route: decision.route, account: ACCOUNT, caller });
  return reach.checks.flatMap(({ check, verdict, barrier }) => {
    if (!barrier) return [];
    const { level, policy, statement, unknown } = barrier;
    const place = check.resource.toString().includes(':inference-profile/') ? 'profile' : check.region;
    const by = statement ? `${level.name}/${policy!.name}/${statement.sid ?? statement.index}` : level.name;
    return [`${place}: ${verdict === 'unknown' ? `${unknown!.join(' ')}? ` : ''}${by}`];
  });
}
