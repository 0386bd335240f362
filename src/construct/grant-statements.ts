import { Grant, IGrantable, IPrincipal, LazyRole, ManagedPolicy, Policy, Role } from 'aws-cdk-lib/aws-iam';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { HeldGrants } from './held-grants';
import { forOneRegion, plainPolicy } from './plain-policy';
import { reportedStatements, reportsPolicies } from './policy-report';
import { countPolicies } from './policy-size';
import { ProfileAccess } from './profile-access';
import { policyDocument, Statement } from '../policy/statement';

/** A principal that is no construct and passes its statements on to one. */
export interface PassingPrincipal extends IPrincipal {
  readonly passesTo: IConstruct;
}

/** A grant that is to be made. */
interface Wanted {
  readonly scope: IConstruct;
  readonly statements: Statement[];
  readonly warningId: string;
  readonly access?: ProfileAccess;
}

/**
 * Gives the statements to a principal. Where they land nowhere, because the principal's policies are not this app's to change,
 * a warning prints the policy to attach by hand.
 *
 * @param access - what the statements are, if they are those of an inference profile: then several profiles share them
 */
export function grantStatements(scope: IConstruct, grantee: IGrantable, statements: Statement[], warningId: string, access?: ProfileAccess): Grant {
  const wanted = { scope, statements, warningId, access };
  const { grantPrincipal } = grantee;
  const given = access && HeldGrants.tryOf(grantPrincipal)?.with(access);
  if (given) return given;

  const holder = holderOf(grantee);
  if (holder && reportsPolicies(holder)) return grantInReport(grantee, wanted);
  const before = statementCount(holder);
  const grant = addStatements(grantee, access ? counted(statements, access) : statements);
  if (statementCount(holder) > before || holder instanceof LazyRole) {
    countPolicies(holder!, statementCount(holder) - before);
    // What a principal passes on is changed on the way.
    if (access && !passesOn(grantPrincipal)) HeldGrants.of(grantPrincipal).keep(access, grant);
  } else if (!grant.success || isImportedRole(grantPrincipal)) {
    warnOfNoEffect(grantPrincipal, wanted);
  }
  return grant;
}

function addStatements(grantee: IGrantable, statements: Statement[]): Grant {
  return statements
    .map(({ Action, Resource, Condition }) => Grant.addToPrincipal({
      grantee, actions: Action, resourceArns: Resource, ...(Condition && { conditions: Condition }),
    }))
    .reduce((first, next) => first.combine(next));
}

/** The report copies each statement when it is added, so none of them takes another profile later. */
function grantInReport(grantee: IGrantable, { scope, statements, warningId, access }: Wanted): Grant {
  const { written, exampleRegion } = reportedStatements(scope, statements, access?.sourceRegions);
  if (exampleRegion) {
    Annotations.of(scope).addWarningV2(`${warningId.slice(0, warningId.lastIndexOf('.'))}.reportedForOneRegion`,
      forOneRegion(`what the IAM policy report says of ${grantee.grantPrincipal}`, exampleRegion, access));
  }
  const grant = addStatements(grantee, written);
  for (const statement of grant.principalStatements) statement.freeze();
  if (access) HeldGrants.of(grantee.grantPrincipal).keep(access, grant);
  return grant;
}

/** The statements, with conditions whose tokens CDK counts right. */
function counted(statements: Statement[], access: ProfileAccess): Statement[] {
  return statements.map((statement) => {
    const { 'bedrock:InferenceProfileArn': through, ...others } = statement.Condition?.StringEquals ?? {};
    if (through === undefined) return statement;
    const arns = Array.isArray(through) ? through.map(access.counted) : access.counted(through);
    return { ...statement, Condition: { StringEquals: { ...others, 'bedrock:InferenceProfileArn': arns } } };
  });
}

/** The construct whose policies hold what the grantee is given. */
function holderOf(grantee: IGrantable): IConstruct | undefined {
  if (grantee instanceof Policy || grantee instanceof ManagedPolicy) return grantee;
  const { grantPrincipal } = grantee;
  if (passesOn(grantPrincipal)) return grantPrincipal.passesTo;
  return Construct.isConstruct(grantPrincipal) ? grantPrincipal : undefined;
}

function passesOn(principal: IPrincipal): principal is PassingPrincipal {
  return 'passesTo' in principal;
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

function warnOfNoEffect(principal: IPrincipal, { scope, statements, warningId, access }: Wanted): void {
  const { json, exampleRegion, replacements } = plainPolicy(scope, policyDocument(statements), access?.sourceRegions, access?.stated);
  Annotations.of(scope).addWarningV2(warningId, [
    `The grant to ${principal} has no effect: this app cannot change that principal's policies.`,
    ...(exampleRegion ? [forOneRegion('this policy', exampleRegion, access)] : []),
    ...replacements,
    `Attach this policy to it:\n${json}`,
  ].join(' '));
}
