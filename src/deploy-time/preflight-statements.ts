import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { Assumption, shownRole, trust } from '../construct/assumed-role';
import { keepsStatements, UnattachedPolicy } from '../construct/unattached-policy';

/** What the preflight of a profile asks and, only if it is told to, does. */
export interface PreflightAccess {
  readonly inferenceProfileArn: string;
  readonly acceptAgreement: boolean;
  readonly submitUseCaseForm: boolean;
  readonly marketplaceProductId?: string;
}

/** The least that the questions need. Only inference profiles can be named in a policy; the other actions take no resource. */
export function preflightStatements(access: PreflightAccess): PolicyStatement[] {
  const actions = [
    'bedrock:GetFoundationModelAvailability',
    'bedrock:GetUseCaseForModelAccess',
    'servicequotas:GetServiceQuota',
    ...(access.submitUseCaseForm ? ['bedrock:PutUseCaseForModelAccess'] : []),
    ...(access.acceptAgreement
      ? ['bedrock:ListFoundationModelAgreementOffers', 'bedrock:CreateFoundationModelAgreement', 'aws-marketplace:ViewSubscriptions']
      : []),
  ];
  return [
    new PolicyStatement({ actions: ['bedrock:GetInferenceProfile'], resources: [access.inferenceProfileArn] }),
    new PolicyStatement({ actions, resources: ['*'] }),
    ...(access.acceptAgreement ? [new PolicyStatement({
      actions: ['aws-marketplace:Subscribe'],
      resources: ['*'],
      ...(access.marketplaceProductId && {
        conditions: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': [access.marketplaceProductId] } },
      }),
    })] : []),
  ];
}

/** The two roles of a preflight that asks elsewhere. */
interface AskingRoles extends Assumption {
  readonly functionRole: IRole;
  /** The name that the function's role was made with. */
  readonly roleName?: string;
  readonly assumedRole: IRole;
}

/** Gives the assumed role what the questions need, and lets it trust the function's role. Returns what must be there before they are asked. */
export function letAsk(scope: Construct, { functionRole, roleName, ...assumption }: AskingRoles, statements: PolicyStatement[]): IDependable[] {
  const { assumedRole } = assumption;
  const added = statements.flatMap((statement) => assumedRole.addToPrincipalPolicy(statement).policyDependable ?? []);
  if (!keepsStatements(assumedRole)) {
    const policy = new UnattachedPolicy(assumedRole);
    policy.add(...statements);
    policy.warn(scope, 'HaikuPreflight.assumedRoleNotAttached', `The assumed role ${shownRole(assumedRole)} gets nothing: this app cannot change its policies.`);
  }
  trust(scope, 'HaikuPreflight', functionRole, roleName, assumption);
  return added;
}
