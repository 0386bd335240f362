import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { platformApp } from './platform';

// A team whose app is stopped: its fallback may run in any commercial Region, so prompts can leave Europe.
export const app = platformApp();
const stack = new Stack(app, 'Support', { env: { account: '111122223333', region: 'eu-west-3' } });

const answers = new Function(stack, 'Answers', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => {};'),
  environment: {
    MODEL_ID: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    FALLBACK_MODEL_ID: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
  },
});
answers.addToRolePolicy(new PolicyStatement({
  effect: Effect.ALLOW,
  actions: ['bedrock:InvokeModel'],
  resources: ['arn:aws:bedrock:*::foundation-model/*', 'arn:aws:bedrock:eu-west-3:111122223333:inference-profile/*'],
}));
