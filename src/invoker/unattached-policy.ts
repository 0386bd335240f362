import {
  AddToPrincipalPolicyResult, IPrincipal, LazyRole, ManagedPolicy, Policy, PolicyStatement, PrincipalBase, PrincipalPolicyFragment, Role,
} from 'aws-cdk-lib/aws-iam';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { PassingPrincipal } from '../construct/grant-statements';
import { forOneRegion, plainPolicy } from '../construct/plain-policy';

/** Whether CDK keeps the statements that a principal was given: a role that was imported as immutable drops them without a word. */
export function keepsStatements(principal: IPrincipal): boolean {
  if (!isRole(principal) || Role.isRole(principal) || principal instanceof LazyRole) return true;
  return principal.node.findAll().some((node) => node instanceof Policy || node instanceof ManagedPolicy);
}

function isRole(principal: IPrincipal): principal is IPrincipal & IConstruct {
  return Construct.isConstruct(principal) && 'roleArn' in principal;
}

/** What a role lacks that this app cannot change. It stands in the place of the role and takes what that would be given. */
export class UnattachedPolicy extends PrincipalBase implements PassingPrincipal {
  public readonly principalAccount: string | undefined;
  public readonly policyFragment: PrincipalPolicyFragment;
  private readonly statements: PolicyStatement[] = [];

  constructor(public readonly passesTo: IPrincipal & IConstruct) {
    super();
    this.principalAccount = passesTo.principalAccount;
    this.policyFragment = passesTo.policyFragment;
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.add(statement);
    return { statementAdded: true, policyDependable: new DependencyGroup() };
  }

  public add(...statements: PolicyStatement[]): void {
    this.statements.push(...statements);
  }

  /** Prints the policy to attach by hand, with a warning of a class and a condition, after the sentence that says what happened. */
  public warn(scope: IConstruct, warning: string, what: string): void {
    const document = { Version: '2012-10-17', Statement: this.statements.map((statement) => statement.toStatementJson() as unknown) };
    const { json, exampleRegion, replacements } = plainPolicy(scope, document);
    Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:${warning}`,
      [what, ...exampleRegion ? [forOneRegion('this policy', exampleRegion)] : [], ...replacements, `Attach this policy to it:\n${json}`].join(' '));
  }

  public dedupeString(): undefined {
    return undefined;
  }
}
