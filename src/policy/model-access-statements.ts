import { Statement } from './statement';

/**
 * What the first use of a model in an account needs, once: the use case form of Anthropic, the agreement, and the subscription in AWS
 * Marketplace. Only the subscription can be held to a product; the other actions take no resource. After that, whoever may call needs none of it.
 *
 * @param productId - that of AWS Marketplace; every product if it is not known
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
 */
export function modelAccessStatements(productId: string | undefined): Statement[] {
  return [
    {
      Effect: 'Allow',
      Action: [
        'bedrock:GetFoundationModelAvailability', 'bedrock:GetUseCaseForModelAccess', 'bedrock:PutUseCaseForModelAccess',
        'bedrock:ListFoundationModelAgreementOffers', 'bedrock:CreateFoundationModelAgreement', 'aws-marketplace:ViewSubscriptions',
      ],
      Resource: ['*'],
    },
    {
      Effect: 'Allow',
      Action: ['aws-marketplace:Subscribe'],
      Resource: ['*'],
      ...productId !== undefined && { Condition: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': [productId] } } },
    },
  ];
}
