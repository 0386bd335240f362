import { App, CfnElement, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, InferenceRouting } from '../../src';
import { GEO_ROUTES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { InferenceCall } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT } from '../kit/stack';

/** One role, granted one way to call the model from one source Region, and the call it was granted for. */
export interface MatrixEntry {
  readonly call: InferenceCall;
  readonly iam: PolicySimulator;
}

/** Every source Region with every option, through the AWS-made profile and through an application profile: synthesised once. */
export function regionMatrix(): Map<string, MatrixEntry> {
  const app = new App();
  const entries = [
    ...GEO_ROUTES.map(({ prefix, source }) => ({ prefix, source, routing: InferenceRouting.geo(Geography.of(prefix)) })),
    ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source, routing: InferenceRouting.globalCrossRegion() })),
  ].map(({ prefix, source, routing }) => {
    const stack = new Stack(app, `From-${source}-${prefix}`, { env: { account: ACCOUNT, region: source } });
    const [direct, counted] = ['Direct', 'Counted'].map((id) => new Role(stack, id, { assumedBy: new AccountPrincipal(ACCOUNT) }));
    const profile = new CrossRegionInferenceProfile(stack, 'Haiku', { routing });
    profile.grants.invoke(direct);
    const application = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: profile });
    application.grants.invoke(counted);
    return { prefix, source, stack, direct, counted, application };
  });
  return new Map(entries.flatMap(({ prefix, source, stack, direct, counted, application }): Array<[string, MatrixEntry]> => {
    const applicationProfileArn = `arn:aws:bedrock:${source}:${ACCOUNT}:application-inference-profile/a1b2c3`;
    const deployment = { account: ACCOUNT, region: source, attributes: { [`${logicalId(application)}.InferenceProfileArn`]: applicationProfileArn } };
    const iamOf = (role: Role) => new PolicySimulator(...rolePolicies(stack, logicalId(role), deployment));
    const call = { sourceRegion: source, prefix };
    return [
      [`${prefix} from ${source}`, { call, iam: iamOf(direct) }],
      [`application profile over ${prefix} from ${source}`, { call: { ...call, applicationProfileArn }, iam: iamOf(counted) }],
    ];
  }));
}

function logicalId(construct: Role | ApplicationInferenceProfile): string {
  return Stack.of(construct).resolve((construct.node.defaultChild as CfnElement).logicalId);
}
