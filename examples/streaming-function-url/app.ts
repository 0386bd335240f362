import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { OpsItemSeverity, SsmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HaikuInvoker, InvokerFunctionUrl } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'StreamingFunctionUrl', { env: { account: '111122223333', region: 'eu-central-1' } });

// Who sends "stream": true gets the answer as it is written, and the first one does not wait for a function to start: two are kept ready.
const invoker = new HaikuInvoker(stack, 'Haiku', {
  functionUrl: InvokerFunctionUrl.streaming(),
  alias: { aliasName: 'live', provisionedConcurrentExecutions: 2 },
});

// The URL takes only signed requests, and only of principals that may call it.
const web = new Role(stack, 'Web', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
invoker.grantInvokeUrl(web);

// An OpsItem of AWS Systems Manager for whoever is on call.
const onCall = new SsmAction(OpsItemSeverity.HIGH);
const watched = { Throttles: invoker.metricThrottles(), ServerErrors: invoker.metricServerErrors() };
for (const [name, metric] of Object.entries(watched)) {
  const alarm = metric.createAlarm(stack, name, {
    threshold: 10,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(onCall);
}

new CfnOutput(stack, 'Url', { value: invoker.functionUrl!.url });
