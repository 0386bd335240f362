import { App, Stack, Tags } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AlarmLimit, ApplicationInferenceProfile, CostTag, CrossRegionInferenceProfile, HaikuAlarms, HaikuBudget, HaikuDashboard, HaikuInvoker,
  InferenceRegionAudit, ModelInvocationLogging, PromptCaching,
} from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'Monitoring', { env: { account: '111122223333', region: 'eu-west-1' } });
const geo = new CrossRegionInferenceProfile(stack, 'Haiku');

// Three ways to say whose calls these are: a profile with tags, a role with tags, and metadata in each request.
const profile = new ApplicationInferenceProfile(stack, 'Search', { copyFrom: geo, description: 'Haiku for search' });
Tags.of(profile).add('team', 'search');
const search = new HaikuInvoker(stack, 'SearchInvoker', { target: profile, promptCaching: PromptCaching.systemPrompt(), openTelemetry: true });
const support = new HaikuInvoker(stack, 'SupportInvoker', { target: geo, requestMetadata: { team: 'support' } });
Tags.of(support.role).add('team', 'support');

const topic = new Topic(stack, 'Alarms', { enforceSSL: true });
const actions = [new SnsAction(topic)];
const invokers = [search, support];
new HaikuAlarms(stack, 'Watch', { invokers, actions, pageActions: actions, monthlyBudget: 500, refusals: AlarmLimit.above(5) });
new HaikuBudget(stack, 'Budget', {
  monthlyDollars: 1_000, tags: [CostTag.resource('team', 'search'), CostTag.iamPrincipal('team', 'support')], emails: ['platform@example.com'],
});

const logging = new ModelInvocationLogging(stack, 'Logging');
new HaikuDashboard(stack, 'Dashboard', { invokers, invocationLogGroup: logging.logGroup, tenantKey: 'team' });

// Where requests ran, for who asks: a report on the first of each month, and an alarm for a Region that may not answer.
const reports = new Bucket(stack, 'Reports', { enforceSSL: true, blockPublicAccess: BlockPublicAccess.BLOCK_ALL, encryption: BucketEncryption.S3_MANAGED });
new InferenceRegionAudit(stack, 'Residency', { targets: [geo, profile], actions, reportBucket: reports });
