import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Annotations, ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

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
    notAttached(scope, 'bucketPolicyNotAttached', 'policy of the bucket', bucket.bucketName, write);
  }
  if (bucket.encryptionKey) {
    const encrypt = bedrockMay(scope, 'kms:GenerateDataKey', '*');
    if (!bucket.encryptionKey.addToResourcePolicy(encrypt, true).statementAdded) {
      notAttached(scope, 'keyPolicyNotAttached', 'policy of the key', bucket.encryptionKey.keyArn, encrypt);
    }
  }
}

/**
 * Lets CloudWatch Logs encrypt the log groups of this account in this Region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function letLogsEncrypt(scope: Construct, key: IKey): void {
  const stack = Stack.of(scope);
  const statement = new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    // In a key policy this is the key itself.
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
      },
    },
  });
  if (!key.addToResourcePolicy(statement, true).statementAdded) {
    notAttached(scope, 'keyPolicyNotAttached', 'policy of the key', key.keyArn, statement);
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

function notAttached(scope: Construct, condition: string, what: string, name: string, statement: PolicyStatement): void {
  const json = JSON.stringify(Stack.of(scope).resolve(statement.toStatementJson()), undefined, 2);
  Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:ModelInvocationLogging.${condition}`,
    `The ${what} ${name} is not this app's to change. Attach this statement to it:\n${json}`);
}
