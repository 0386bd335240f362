import {
  AddToPrincipalPolicyResult, IPrincipal, LazyRole, ManagedPolicy, Policy, PolicyStatement, PrincipalBase, PrincipalPolicyFragment, Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { warnPolicy } from './not-attached';

/** Whether CDK keeps the statements that a principal was given: a role that was imported as immutable drops them without a word. */
export function keepsStatements(principal: IPrincipal): boolean {
  if (!isRole(principal) || Role.isRole(principal) || principal instanceof LazyRole) return true;
  return principal.node.findAll().some((node) => node instanceof Policy || node instanceof ManagedPolicy);
}

function isRole(principal: IPrincipal): principal is IPrincipal & IConstruct {
  return Construct.isConstruct(principal) && 'roleArn' in principal;
}

/** What a role lacks that this app cannot change. It stands in the place of the role and takes what that would be given. */
export class UnattachedPolicy extends PrincipalBase {
  public readonly principalAccount: string | undefined;
  public readonly policyFragment: PrincipalPolicyFragment;
  private readonly statements: PolicyStatement[] = [];

  constructor(public readonly role: IPrincipal & IConstruct) {
    super();
    this.principalAccount = role.principalAccount;
    this.policyFragment = role.policyFragment;
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
    warnPolicy(scope, warning, what, this.statements.map((statement) => statement.toStatementJson() as unknown));
  }

  public dedupeString(): undefined {
    return undefined;
  }
}
