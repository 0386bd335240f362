// The documented policy for Geo US from us-east-1, written out by hand as a careful user would.
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');

const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const PROFILE = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${MODEL}`;
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

module.exports = (_stack, roles) => roles.forEach((role) => {
  role.addToPolicy(new PolicyStatement({ actions: [...INVOKE, 'bedrock:GetInferenceProfile'], resources: [PROFILE] }));
  role.addToPolicy(new PolicyStatement({
    actions: INVOKE,
    resources: ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`),
    conditions: { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } },
  }));
});
