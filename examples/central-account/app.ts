import { App, PhysicalName, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { HaikuInvoker, HaikuPreflight } from 'cdk-bedrock-haiku';

export const app = new App();

// The account that has the model access and its quotas. The role gets what the calls need, and trusts the functions below.
const central = new Stack(app, 'ModelAccess', { env: { account: '444455556666', region: 'eu-west-1' } });
const access = new Role(central, 'Access', {
  roleName: PhysicalName.GENERATE_IF_NEEDED,
  // Those who look after the account may try it out.
  assumedBy: new ArnPrincipal('arn:aws:iam::444455556666:role/operators'),
});

// An account of a team. Its function may assume that role, and call no model by itself.
const team = new Stack(app, 'Summaries', { env: { account: '111122223333', region: 'eu-west-1' } });
const preflight = new HaikuPreflight(team, 'Preflight', { assumedRole: access, externalId: 'summaries' });
const invoker = new HaikuInvoker(team, 'Haiku', { assumedRole: access, externalId: 'summaries' });
invoker.node.addDependency(preflight);
