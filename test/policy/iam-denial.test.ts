import { readDenial } from '../../src/policy/iam-denial';

const USER = 'User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform:';
const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-error-examples
test.each([
  [`${USER} bedrock:InvokeModel on resource: ${MODEL} because no identity-based policy allows the bedrock:InvokeModel action`,
    { action: 'bedrock:InvokeModel', resource: MODEL, policy: 'identity-based policy', explicit: false }],
  [`${USER} bedrock:InvokeModel on resource: ${MODEL} with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-a1/service_control_policy/p-b2`,
    { action: 'bedrock:InvokeModel', resource: MODEL, policy: 'service control policy', explicit: true }],
  [`${USER} bedrock:InvokeModel because no VPC endpoint policy allows the bedrock:InvokeModel action`,
    { action: 'bedrock:InvokeModel', resource: undefined, policy: 'VPC endpoint policy', explicit: false }],
  [`${USER} bedrock:InvokeModel because no vpc endpoint policy allows the bedrock:InvokeModel action`,
    { action: 'bedrock:InvokeModel', resource: undefined, policy: 'VPC endpoint policy', explicit: false }],
  [`${USER} sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r because no role trust policy allows the sts:AssumeRole action`,
    { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/r', policy: 'role trust policy', explicit: false }],
  ['not authorized to perform aws-marketplace:Subscribe on resource *, with an explicit deny in the permissions boundary',
    { action: 'aws-marketplace:Subscribe', resource: '*', policy: 'permissions boundary', explicit: true }],
  [`${USER} kms:Decrypt`, { action: 'kms:Decrypt', resource: undefined, policy: undefined, explicit: false }],
])('%s', (message, denial) => {
  expect(readDenial(message)).toEqual(denial);
});

test.each(['', 'No.', 'You are not authorized.', 'an explicit deny in a service control policy'])('%j is none of IAM\'s denials', (message) => {
  expect(readDenial(message)).toBeUndefined();
});
