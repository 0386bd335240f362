import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

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
