import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { letUse } from '../construct/key-access';
import { ICrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

/** All jobs of the account in the stack's Region: the ID of a job is not known before. */
export function anyJobArn(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', resource: 'model-invocation-job', resourceName: '*' });
}

/**
 * The documented service role of batch inference: Amazon Bedrock reads records and writes results with it, and calls the model.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/batch-iam-sr.html
 */
export function batchRole(scope: Construct, target: IInvocableModel, bucket: IBucket, prefix: string): Role {
  const { account } = Stack.of(scope);
  const own = { 'aws:ResourceAccount': account };
  const role = new Role(scope, 'JobRole', {
    description: 'Amazon Bedrock runs batch inference jobs with this role',
    assumedBy: new ServicePrincipal('bedrock.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnEquals: { 'aws:SourceArn': anyJobArn(scope) } },
    }),
    inlinePolicies: {
      Records: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects(`${prefix}*`)], conditions: { StringEquals: own } }),
          new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: { StringEquals: own, StringLike: { 's3:prefix': `${prefix}*` } } }),
        ],
      }),
    },
  });
  if (bucket.encryptionKey) letUse(role, bucket.encryptionKey, 'kms:Decrypt', 'kms:GenerateDataKey');
  target.grants.invoke(role);
  return role;
}

/**
 * What the state machine needs to run jobs with that role. To create one is checked against the model and the job; for a profile the
 * documentation does not say whether it is checked too, so it is named.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-permissions.html
 */
export function jobStatements(scope: Construct, target: IInvocableModel, role: Role): PolicyStatement[] {
  const { partition, region } = Stack.of(scope);
  // In-Region inference goes through no profile.
  const { inferenceProfileArn } = target as Partial<ICrossRegionInferenceProfile>;
  const model = `arn:${partition}:bedrock:${region}::foundation-model/${target.model.modelId}`;
  return [
    new PolicyStatement({ actions: ['bedrock:CreateModelInvocationJob'], resources: [model, ...inferenceProfileArn === undefined ? [] : [inferenceProfileArn], anyJobArn(scope)] }),
    new PolicyStatement({ actions: ['bedrock:GetModelInvocationJob'], resources: [anyJobArn(scope)] }),
    new PolicyStatement({ actions: ['iam:PassRole'], resources: [role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } } }),
  ];
}
