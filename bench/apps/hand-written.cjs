// The documented policy for Geo US, written out by hand as a careful user would: from us-east-1, or from wherever in the US it is deployed.
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const { Aws, CfnMapping, Token } = require('aws-cdk-lib');

const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const PROFILE = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${MODEL}`;
const MODELS = ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`);

/** The same where the Region is known only at deploy time. */
function lookedUp(stack) {
  const row = { profile: `us.${MODEL}`, models: MODELS };
  const table = new CfnMapping(stack, 'Destinations', { mapping: { 'us-east-1': row, 'us-east-2': row, 'us-west-2': row } });
  return {
    profile: `arn:${Aws.PARTITION}:bedrock:${Aws.REGION}:${Aws.ACCOUNT_ID}:inference-profile/${table.findInMap(Aws.REGION, 'profile')}`,
    models: Token.asList(table.findInMap(Aws.REGION, 'models')),
  };
}

module.exports = (stack, roles) => {
  const { profile, models } = Token.isUnresolved(stack.region) ? lookedUp(stack) : { profile: PROFILE, models: MODELS };
  roles.forEach((role) => {
    role.addToPolicy(new PolicyStatement({ actions: [...INVOKE, 'bedrock:GetInferenceProfile'], resources: [profile] }));
    role.addToPolicy(new PolicyStatement({ actions: INVOKE, resources: models, conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profile } } }));
  });
};
