import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CrossRegionInferenceProfile, Geography, InferenceRouting } from 'cdk-bedrock-haiku';
import { Construct } from 'constructs';

/** The Regions that the data protection officer has approved. Zurich and London are not among them. */
const APPROVED = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

class SummariserStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const haiku = new CrossRegionInferenceProfile(this, 'Haiku', {
      routing: InferenceRouting.geo(Geography.EU),
      // Synthesis fails where a request could run anywhere else: in eu-west-2, for example, where it could run in London.
      allowedRegions: APPROVED,
    });
    const role = new Role(this, 'Summariser', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    haiku.grants.invoke(role);
  }
}

export const app = new App();
for (const region of ['eu-central-1', 'eu-west-1']) {
  new SummariserStack(app, `Summariser-${region}`, { env: { account: '111122223333', region } });
}
