// An app of teams that call a model with policies of their own: `node scanned.cjs <stacks> <functions a stack> <outdir> [nag]`, beside
// this repository's packages. cdk-nag needs a newer CDK than the library's floor, so every variant has the newest.
const Module = require('node:module');
const { dirname, join } = require('node:path');
const newest = dirname(require.resolve('aws-cdk-lib-newest/package.json'));
const found = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => found(/^aws-cdk-lib(?:\/|$)/.test(request) ? join(newest, request.slice('aws-cdk-lib'.length)) : request, ...rest);

const { App, Stack, Validations } = require('aws-cdk-lib');
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const { Code, Function, Runtime } = require('aws-cdk-lib/aws-lambda');

const [stacks, functions, outdir, nag] = process.argv.slice(2);
const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const PROFILE = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${MODEL}`;

const app = new App({ outdir, analyticsReporting: false });
for (let s = 0; s < Number(stacks); s++) {
  const stack = new Stack(app, `Stack${s}`, { env: { account: '111122223333', region: 'us-east-1' } });
  for (let f = 0; f < Number(functions); f++) {
    const caller = new Function(stack, `Function${f}`, {
      runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};'), environment: { MODEL_ID: `us.${MODEL}` },
    });
    caller.addToRolePolicy(new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [PROFILE] }));
    caller.addToRolePolicy(new PolicyStatement({
      actions: ['bedrock:InvokeModel'],
      resources: ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`),
      conditions: { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } },
    }));
  }
}
if (nag) {
  const { AwsSolutionsChecks } = require('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  console.log = console.error = () => {};
}
try {
  app.synth();
} catch (error) {
  // What cdk-nag finds stops the synthesis when all of it is done.
  if (!nag) throw error;
}
