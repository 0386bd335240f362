import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { warnNotAttached } from '../construct/not-attached';

/** The log stream that Amazon Bedrock writes to. */
const LOG_STREAM = 'aws/bedrock/modelinvocations';

/**
 * The documented role with which Amazon Bedrock writes to a log group.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */
export function logGroupRole(scope: Construct, logGroup: ILogGroup): Role {
  const role = new Role(scope, 'Role', {
    description: 'Amazon Bedrock writes model invocation logs with this role',
    assumedBy: new ServicePrincipal('bedrock.amazonaws.com', { conditions: onBehalfOf(scope) }),
  });
  role.addToPolicy(new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [Stack.of(scope).formatArn({
      service: 'logs', resource: 'log-group', resourceName: `${logGroup.logGroupName}:log-stream:${LOG_STREAM}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })],
  }));
  return role;
}

/** The documented statements with which Amazon Bedrock writes to a bucket and encrypts with its key. */
export function letBedrockWrite(scope: Construct, bucket: IBucket, keyPrefix: string | undefined): void {
  const folder = `${keyPrefix ? `${keyPrefix}/` : ''}AWSLogs/${Stack.of(scope).account}/BedrockModelInvocationLogs/*`;
  const write = bedrockMay(scope, 's3:PutObject', bucket.arnForObjects(folder));
  if (!bucket.addToResourcePolicy(write).statementAdded) {
    warnNotAttached(scope, 'ModelInvocationLogging.bucketPolicyNotAttached', `policy of the bucket ${bucket.bucketName}`, write);
  }
  if (bucket.encryptionKey) {
    const encrypt = bedrockMay(scope, 'kms:GenerateDataKey', '*');
    if (!bucket.encryptionKey.addToResourcePolicy(encrypt, true).statementAdded) {
      warnNotAttached(scope, 'ModelInvocationLogging.keyPolicyNotAttached', `policy of the key ${bucket.encryptionKey.keyArn}`, encrypt);
    }
  }
}

function bedrockMay(scope: Construct, action: string, resource: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('bedrock.amazonaws.com')],
    actions: [action],
    resources: [resource],
    conditions: onBehalfOf(scope),
  });
}

/** Only for this account and Region: Amazon Bedrock cannot be made to act for another. */
function onBehalfOf(scope: Construct): Record<string, Record<string, string>> {
  const { account, region, partition } = Stack.of(scope);
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:bedrock:${region}:${account}:*` },
  };
}
