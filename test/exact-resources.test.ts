import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, Stack } from 'aws-cdk-lib/core';
import { HaikuInvoker, ModelInvocationLogging } from '../src';
import { stackIn } from './kit/stack';
import { thrown } from './kit/three-ways';
import { isExact } from '../src/private/exact-arn';

/** What a user gives that ends up in a policy, with a wildcard in it. */
const wide: Array<[string, (stack: Stack) => void, string]> = [
  ['environmentEncryption', (stack) => new HaikuInvoker(stack, 'I', { environmentEncryption: Key.fromKeyArn(stack, 'K', 'arn:aws:kms:us-east-1:111122223333:key/*') }),
    'got "arn:aws:kms:us-east-1:111122223333:key/*"; expected the ARN of one key'],
  ['deadLetterQueue', (stack) => new HaikuInvoker(stack, 'I', { deadLetterQueue: Queue.fromQueueArn(stack, 'Q', 'arn:aws:sqs:us-east-1:111122223333:*') }),
    'got "arn:aws:sqs:us-east-1:111122223333:*"; expected the ARN of one queue'],
  ['deadLetterQueue', (stack) => new HaikuInvoker(stack, 'I', {
    deadLetterQueue: Queue.fromQueueAttributes(stack, 'Q', { queueArn: 'arn:aws:sqs:us-east-1:111122223333:q', keyArn: 'arn:aws:kms:us-east-1:111122223333:key/*' }),
  }), 'got "arn:aws:kms:us-east-1:111122223333:key/*"; expected a queue that is encrypted with one key'],
  ['replacedRole', (stack) => new ModelInvocationLogging(stack, 'L', { replaceExisting: true, replacedRole: Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111122223333:role/*') }),
    'got "arn:aws:iam::111122223333:role/*"; expected the ARN of one role'],
  ['logGroup', (stack) => new ModelInvocationLogging(stack, 'L', { logGroup: LogGroup.fromLogGroupName(stack, 'G', 'logs-?') }),
    'got "logs-?"; expected a log group of one name'],
  ['keyPrefix', (stack) => new ModelInvocationLogging(stack, 'L', { bucket: new Bucket(stack, 'B'), keyPrefix: 'a/${aws:username}' }),
    'got "a/${aws:username}"; expected a folder such as "bedrock/logs"'],
];

test.each(wide)('%s that would let a policy say more than it names is refused', (name, define, rest) => {
  const stack = stackIn('us-east-1');
  expect(thrown(() => define(stack))).toBe(
    `${name} would stand in a policy for more than one resource, ${rest}, without "*", "?" and "\${...}". Name the one resource that is meant.`);
});

test.each([['arn:aws:kms:us-east-1:111122223333:key/abc', true], [`arn:${Aws.PARTITION}:kms:${Aws.REGION}:x`, true], [`${Aws.REGION}*`, false], ['${aws:username}', false], ['a?', false]])(
  '%s names one thing: %s', (arn, exact) => {
    expect(isExact(arn)).toBe(exact);
  });
