// The app that every variant is measured in: `node app.cjs <variant> <roles> <stacks> <outdir>`. CommonJS, as a user's compiled app is.
const { App, CfnResource, Stack } = require('aws-cdk-lib');

const [variant, roles, stacks, outdir] = process.argv.slice(2);
const env = { account: '111122223333', region: 'us-east-1' };
const grantTo = variant === 'bare' ? undefined : require(`./${variant}.cjs`);

const app = new App({ outdir, analyticsReporting: false });
for (let s = 0; s < Number(stacks); s++) {
  const stack = new Stack(app, `Stack${s}`, { env });
  new CfnResource(stack, 'Handle', { type: 'AWS::CloudFormation::WaitConditionHandle' });
  if (!grantTo) continue;
  const { Role, ServicePrincipal } = require('aws-cdk-lib/aws-iam');
  grantTo(stack, Array.from({ length: Number(roles) / Number(stacks) }, (_, i) =>
    new Role(stack, `Role${i}`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })));
}
app.synth();
require('./cost.cjs');
