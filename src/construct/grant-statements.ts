import { Effect, Grant, IGrantable, IPrincipal, LazyRole, ManagedPolicy, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { GrantedProfile, HeldGrants } from './held-grants';
import { warnNoEffect } from './not-attached';
import { forOneRegion, Printing } from './plain-policy';
import { reportedStatements, reportsPolicies } from './policy-report';
import { countPolicies } from './policy-size';
import { Statement } from '../policy/statement';

/** A grant that is to be made. */
export interface WantedGrant {
  /** The construct that is granted, on which warnings stand. */
  readonly scope: IConstruct;
  /** Its class, which the ids of warnings begin with. */
  readonly className: string;
  readonly statements: Statement[];
  readonly printing?: Printing;
  /** The profile that the statements are of, if others of its route may share them. */
  readonly profile?: GrantedProfile;
}

/**
 * Gives the statements to a principal. Where they land nowhere, because the principal's policies are not this app's to change,
 * a warning prints the policy to attach by hand.
 */
export function grantStatements(grantee: IGrantable, wanted: WantedGrant): Grant {
  const { scope, className, statements, printing, profile } = wanted;
  const { grantPrincipal } = grantee;
  const given = profile && HeldGrants.grantOf(grantPrincipal, profile);
  if (given) return given;

  const holder = holderOf(grantee);
  if (holder && reportsPolicies(holder)) return grantInReport(grantee, wanted);
  const before = statementCount(holder);
  const grant = addStatements(grantee, statements);
  const added = statementCount(holder) - before;
  if (holder && (added > 0 || holder instanceof LazyRole)) {
    countPolicies(holder, added);
    if (profile) HeldGrants.of(grantPrincipal).keep(profile, grant);
  } else if (!grant.success || isImportedRole(grantPrincipal)) {
    warnNoEffect(scope, `${className}.notAttached`, grantPrincipal, statements, printing);
  }
  return grant;
}

/** CDK's grants only allow. A Deny goes the same way, and is a part of no grant. */
function addStatements(grantee: IGrantable, statements: Statement[]): Grant {
  return statements
    .flatMap(({ Effect: effect, Action: actions, Resource: resources, Condition: conditions }) => {
      if (effect === 'Allow') return Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions });
      grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.DENY, actions, resources, conditions }));
      return [];
    })
    .reduce((first, next) => first.combine(next));
}

/** The report copies each statement when it is added, so none of them takes another profile later. */
function grantInReport(grantee: IGrantable, { scope, className, statements, printing, profile }: WantedGrant): Grant {
  const { written, exampleRegion } = reportedStatements(scope, statements, printing?.sourceRegions);
  if (exampleRegion) {
    Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:${className}.reportedForOneRegion`,
      forOneRegion(`what the IAM policy report says of ${grantee.grantPrincipal}`, exampleRegion, printing));
  }
  const grant = addStatements(grantee, written);
  for (const statement of grant.principalStatements) statement.freeze();
  if (profile) HeldGrants.of(grantee.grantPrincipal).keep(profile, grant);
  return grant;
}

/** The construct whose policies hold what the grantee is given. */
function holderOf(grantee: IGrantable): IConstruct | undefined {
  if (grantee instanceof Policy || grantee instanceof ManagedPolicy) return grantee;
  const { grantPrincipal } = grantee;
  return Construct.isConstruct(grantPrincipal) ? grantPrincipal : undefined;
}

/** How many statements are in the policies of a construct. */
function statementCount(holder: IConstruct | undefined): number {
  const policies = holder instanceof Policy || holder instanceof ManagedPolicy ? [holder] : holder?.node.children ?? [];
  return policies.reduce((sum, child) => child instanceof Policy || child instanceof ManagedPolicy ? sum + child.document.statementCount : sum, 0);
}

/**
 * An imported role that is immutable, or of another account, reports success but adds nothing. CDK exports no class to recognise
 * it by.
 */
function isImportedRole(principal: IPrincipal): boolean {
  return Construct.isConstruct(principal) && 'roleArn' in principal && !Role.isRole(principal);
}
