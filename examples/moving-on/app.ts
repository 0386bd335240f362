import { App, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CrossRegionInferenceProfile, HaikuInvoker, ModelCard, Traffic, TrafficShare } from 'cdk-bedrock-haiku';
import { Construct } from 'constructs';

/** How far the move is: the next model beside the first one, instead of it for some, or for all. */
type Step = 'shadow' | 'split' | 'moved';

class SupportStack extends Stack {
  constructor(scope: Construct, id: string, { step, ...props }: StackProps & { readonly step: Step }) {
    super(scope, id, props);
    const next = new CrossRegionInferenceProfile(this, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5 });
    // Changed without a deployment: from 10 to 100 percent, and back to 0 if something is wrong.
    const share = new StringParameter(this, 'Share', { stringValue: '10', description: 'Percent of the calls that go to the next model' });
    const options = { share: TrafficShare.fromParameter(share), stickyBy: 'metadata.user_id' };
    const invoker = new HaikuInvoker(this, 'Support', {
      target: step === 'moved' ? next : new CrossRegionInferenceProfile(this, 'Haiku'),
      traffic: step === 'shadow' ? Traffic.shadow(next, options) : step === 'split' ? Traffic.split(next, options) : undefined,
    });
    new CfnOutput(this, 'FunctionName', { value: invoker.lambdaFunction.functionName });
  }
}

export const app = new App();
// Three stacks to show the three deployments; in an app it is one, whose step changes.
for (const step of ['shadow', 'split', 'moved'] as const) {
  new SupportStack(app, `Support-${step}`, { step, env: { account: '111122223333', region: 'eu-central-1' } });
}
