import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/**
 * The Regions that the Lambda guide lists as having no function URLs, in a copy of late 2025. AWS may have added them since, and no card
 * of a user's own can say so: a warning, which can be acknowledged, and no error.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 */
const REGIONS_WITHOUT = [
  'ap-east-2', 'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-2',
  'il-central-1', 'me-central-1',
];

/**
 * How a function streams without a function URL.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
const STREAMED = 'set responseStreaming to true, and put a REST API of API Gateway in front of the function, with the response transfer mode STREAM';
const WHOLE = 'put an API Gateway in front of the function';

/** Warns of a function URL that anyone may call, and of one that its Region does not have. */
export function warnOfFunctionUrl(scope: IConstruct, authType: FunctionUrlAuthType, streams: boolean): void {
  const { region } = Stack.of(scope);
  if (authType === FunctionUrlAuthType.NONE) {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.publicUrl',
      'The function URL takes calls from anyone who knows it, and they are paid for by this account. Remove authType to require AWS_IAM.');
  }
  if (REGIONS_WITHOUT.includes(region)) {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.noFunctionUrls',
      `AWS Lambda lists no function URLs in ${region}, and the deployment fails if that still holds. Leave functionUrl out, and ${streams ? STREAMED : WHOLE}. `
      + 'Or deploy to another Region, or acknowledge this if AWS has added them since.');
  }
}
