// The app that every variant is measured in: `node app.cjs <variant> <roles> <stacks> <outdir> [agnostic]`. CommonJS, as a user's
// compiled app is: an ES module would load every file of aws-cdk-lib.
const { App, CfnResource, Stack } = require('aws-cdk-lib');

const [variant, roles, stacks, outdir, agnostic] = process.argv.slice(2);
const env = agnostic ? undefined : { account: '111122223333', region: 'us-east-1' };
const grantTo = variant === 'bare' ? undefined : require(`./${variant}.cjs`);

// A thousand roles are more than one stack may deploy, but not more than it may be measured with.
const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
for (let s = 0; s < Number(stacks); s++) {
  const stack = new Stack(app, `Stack${s}`, { env });
  new CfnResource(stack, 'Handle', { type: 'AWS::CloudFormation::WaitConditionHandle' });
  if (!grantTo) continue;
  const { Role, ServicePrincipal } = require('aws-cdk-lib/aws-iam');
  grantTo(stack, Array.from({ length: Number(roles) / Number(stacks) }, (_, i) =>
    new Role(stack, `Role${i}`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })));
}
app.synth();
require('./cost.cjs').print();
