import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Peer, Port, SecurityGroup, SubnetType, Vpc, VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, ArnPrincipal, OrganizationPrincipal, Role, User } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { DeployedEndpoint, endpointsOf, withoutPrincipal } from './endpoints-of';
import {
  ApplicationInferenceProfile, BedrockVpcEndpoint, BedrockVpcEndpointProps, CrossRegionInferenceProfile, Geography, HaikuInvoker, InferenceRouting,
  InRegionInference,
} from '../../src';
import { ALL_REGIONS, GEO_ROUTES, GLOBAL_SOURCES, MODEL_ID } from '../fixtures/documented-regions';
import { allChecksOf, InferenceCall, profileArn, modelArn } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { ACCOUNT, isolatedVpc, OTHER_ACCOUNT, stackIn } from '../kit/stack';

const CALLER = `arn:aws:iam::${ACCOUNT}:role/app`;
const OTHER_CALLER = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`;
const ROUTES = [...GEO_ROUTES, ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source }))];

function routingTo(prefix: string): InferenceRouting {
  return prefix === 'global' ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix));
}

/** The endpoints of a stack in eu-west-2, for calls in its geography unless the props say otherwise. */
function endpoints(props: (stack: Stack) => Partial<BedrockVpcEndpointProps>, region = 'eu-west-2'): Record<string, DeployedEndpoint> {
  const stack = stackIn(region);
  const given = props(stack);
  new BedrockVpcEndpoint(stack, 'Bedrock', { vpc: isolatedVpc(stack), targets: given.targets ?? [new CrossRegionInferenceProfile(stack, 'Haiku')], ...given });
  return endpointsOf(stack, { region });
}

/** Whether a call passes an endpoint: every check of it, as made for a principal. */
function passes(endpoint: DeployedEndpoint, call: InferenceCall, principal: Record<string, string>): boolean {
  const iam = new PolicySimulator(withoutPrincipal(endpoint));
  return allChecksOf(call).every(({ context, ...check }) => iam.allows({ ...check, context: { ...context, ...principal } }));
}

test('the policy names the profile, and the model in every destination, for the principals of the account', () => {
  const { 'bedrock-runtime': runtime } = endpoints(() => ({}));
  expect(runtime).toMatchObject({ ServiceName: 'com.amazonaws.eu-west-2.bedrock-runtime', PrivateDnsEnabled: true, VpcEndpointType: 'Interface' });
  const actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
  const account = { 'aws:PrincipalAccount': ACCOUNT };
  expect(runtime.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Principal: '*', Action: actions, Resource: profileArn('eu-west-2', 'eu'), Condition: { StringEquals: account } },
    {
      Effect: 'Allow',
      Principal: '*',
      Action: actions,
      Resource: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'].map((region) => modelArn(region)),
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn('eu-west-2', 'eu'), ...account } },
    },
  ]);
});

describe.each(ROUTES)('$prefix from $source', ({ prefix, source }) => {
  const stack = stackIn(source);
  const organizations = stackIn(source);
  const targets = (scope: Stack) => [new CrossRegionInferenceProfile(scope, 'Haiku', { routing: routingTo(prefix) })];
  new BedrockVpcEndpoint(stack, 'Bedrock', { vpc: isolatedVpc(stack), targets: targets(stack), callers: [Role.fromRoleArn(stack, 'Role', CALLER)] });
  new BedrockVpcEndpoint(organizations, 'Bedrock', {
    vpc: isolatedVpc(organizations), targets: targets(organizations), callers: [new OrganizationPrincipal('o-a1b2c3d4e5')],
  });

  test('its calls pass for the caller, and no other route and no other principal does', () => {
    const { 'bedrock-runtime': runtime } = endpointsOf(stack, { region: source });
    for (const other of ROUTES) {
      const call = { prefix: other.prefix, sourceRegion: other.source };
      const isOwn = other.prefix === prefix && other.source === source;
      expect([other, passes(runtime, call, { 'aws:PrincipalArn': CALLER })]).toEqual([other, isOwn]);
      expect(passes(runtime, call, { 'aws:PrincipalArn': `${CALLER}2` })).toBe(false);
    }
  });

  test('its calls pass for every account of the organization, and for no other', () => {
    const { 'bedrock-runtime': runtime } = endpointsOf(organizations, { region: source });
    for (const account of [ACCOUNT, OTHER_ACCOUNT]) {
      for (const other of ROUTES) {
        const call = { prefix: other.prefix, sourceRegion: other.source, account };
        expect([other, passes(runtime, call, { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })]).toEqual([other, other.prefix === prefix && other.source === source]);
        expect(passes(runtime, call, { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' })).toBe(false);
      }
    }
  });

  test('other models do not pass', () => {
    const iam = new PolicySimulator(withoutPrincipal(endpointsOf(stack, { region: source })['bedrock-runtime']));
    for (const region of ['', ...ALL_REGIONS]) {
      const context = { 'aws:PrincipalArn': CALLER, 'aws:RequestedRegion': region || 'unspecified', 'bedrock:InferenceProfileArn': profileArn(source, prefix) };
      expect(iam.allows({ action: 'bedrock:InvokeModel', resource: modelArn(region, `${MODEL_ID}2`), context })).toBe(false);
    }
  });
});

test('callers are named one by one, those of another account with its profile; users and functions count too', () => {
  const { 'bedrock-runtime': { PolicyDocument: { Statement: statements } } } = endpoints((stack) => ({
    callers: [
      new ArnPrincipal(CALLER), new ArnPrincipal(CALLER), new ArnPrincipal(OTHER_CALLER), User.fromUserArn(stack, 'User', `arn:aws:iam::${ACCOUNT}:user/ann`),
      new Function(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('0'), role: Role.fromRoleArn(stack, 'R', `${CALLER}3`) }),
    ],
  }));
  expect(statements.map(({ Resource, Condition }) => [[Resource].flat()[0], (Condition as Record<string, Record<string, unknown>>).ArnEquals['aws:PrincipalArn']])).toEqual([
    [profileArn('eu-west-2', 'eu'), [CALLER, `arn:aws:iam::${ACCOUNT}:user/ann`, `${CALLER}3`]],
    [modelArn('eu-central-1'), [CALLER, `arn:aws:iam::${ACCOUNT}:user/ann`, `${CALLER}3`]],
    [profileArn('eu-west-2', 'eu', OTHER_ACCOUNT), [OTHER_CALLER]],
    [modelArn('eu-central-1'), [OTHER_CALLER]],
  ]);
});

test('an account may pass with its own profile', () => {
  const { 'bedrock-runtime': runtime } = endpoints(() => ({ callers: [new AccountPrincipal(OTHER_ACCOUNT)] }));
  const call = { sourceRegion: 'eu-west-2', prefix: 'eu' };
  expect(passes(runtime, { ...call, account: OTHER_ACCOUNT }, { 'aws:PrincipalAccount': OTHER_ACCOUNT })).toBe(true);
  expect(passes(runtime, call, { 'aws:PrincipalAccount': ACCOUNT })).toBe(false);
});

test('an application inference profile passes for its account only', () => {
  const arn = `arn:aws:bedrock:eu-west-2:${ACCOUNT}:application-inference-profile/a1b2c3`;
  const call = { sourceRegion: 'eu-west-2', prefix: 'eu', applicationProfileArn: arn };
  for (const callers of [undefined, [new OrganizationPrincipal('o-a1b2c3d4e5')], [new AccountPrincipal(ACCOUNT), new AccountPrincipal(OTHER_ACCOUNT)]]) {
    const { 'bedrock-runtime': runtime } = endpoints((stack) => ({
      callers, targets: [ApplicationInferenceProfile.fromApplicationInferenceProfileArn(stack, 'Team', arn, new CrossRegionInferenceProfile(stack, 'Haiku'))],
    }));
    expect(passes(runtime, call, { 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })).toBe(true);
    expect(JSON.stringify(runtime)).not.toContain(OTHER_ACCOUNT);
  }
});

test('each service has its endpoint, with what is asked there', () => {
  const made = endpoints((stack) => ({
    targets: [new CrossRegionInferenceProfile(stack, 'Haiku'), new InRegionInference(stack, 'Ireland', { projectId: 'proj_abc' })],
    profileLookUps: true,
    guardrailArns: [`arn:aws:bedrock:eu-west-1:${ACCOUNT}:guardrail/a1b2c3`],
  }), 'eu-west-1');
  const actions = Object.fromEntries(Object.entries(made)
    .map(([service, { PolicyDocument: { Statement } }]) => [service, [...new Set(Statement.flatMap(({ Action }) => Action))]]));
  expect(actions).toEqual({
    'bedrock-runtime': ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:ApplyGuardrail'],
    'bedrock-mantle': ['bedrock-mantle:CreateInference'],
    'bedrock': ['bedrock:GetInferenceProfile'],
  });
  expect(made['bedrock-mantle'].PolicyDocument.Statement).toEqual([{
    Effect: 'Allow',
    Principal: '*',
    Action: 'bedrock-mantle:CreateInference',
    Resource: `arn:aws:bedrock-mantle:eu-west-1:${ACCOUNT}:project/proj_abc`,
    Condition: { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5', 'aws:PrincipalAccount': ACCOUNT } },
  }]);
  expect(endpoints((stack) => ({ targets: [new InRegionInference(stack, 'Ireland')] }), 'eu-west-1')).not.toHaveProperty('bedrock-runtime');
});

test('FIPS services, where they exist', () => {
  const made = endpoints(() => ({ fipsEndpoint: true, profileLookUps: true }), 'ca-central-1');
  expect(Object.values(made).map(({ ServiceName }) => ServiceName)).toEqual(['com.amazonaws.ca-central-1.bedrock-runtime-fips', 'com.amazonaws.ca-central-1.bedrock-fips']);
});

test('a stack without a Region looks the route up', () => {
  const stack = stackIn();
  new BedrockVpcEndpoint(stack, 'Bedrock', { vpc: isolatedVpc(stack), targets: [new CrossRegionInferenceProfile(stack, 'Haiku')] });
  for (const { prefix, source } of GEO_ROUTES) {
    const { 'bedrock-runtime': runtime } = endpointsOf(stack, { region: source });
    expect(runtime.ServiceName).toBe(`com.amazonaws.${source}.bedrock-runtime`);
    expect(passes(runtime, { prefix, sourceRegion: source }, { 'aws:PrincipalAccount': ACCOUNT })).toBe(true);
  }
});

test('where and how the endpoints stand is said by the props', () => {
  const { 'bedrock-runtime': runtime } = endpoints((stack) => ({
    subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-11112222')],
    privateDnsEnabled: false,
    ipAddressType: VpcEndpointIpAddressType.DUALSTACK,
  }));
  expect(runtime).toMatchObject({ SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-11112222'], PrivateDnsEnabled: false, IpAddressType: 'dualstack' });
});

describe('the security group', () => {
  /** Who is let in, as the template has it. */
  const ingress = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties as object);
  const inFrom = (group: string) => expect.objectContaining({ FromPort: 443, ToPort: 443, IpProtocol: 'tcp', SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining(group), 'GroupId'] } });

  test('lets in nobody but callers, and sends nothing', () => {
    const stack = stackIn('eu-west-2');
    const vpc = new Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
    const caller = new Function(stack, 'Caller', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('0'), vpc });
    const outside = new Function(stack, 'Outside', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('0') });
    const endpoint = new BedrockVpcEndpoint(stack, 'Bedrock', { vpc, targets: [new CrossRegionInferenceProfile(stack, 'Haiku')], callers: [caller, outside] });
    expect(ingress(stack)).toEqual([inFrom('Caller')]);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'VPC endpoints of Amazon Bedrock', SecurityGroupIngress: Match.absent(), SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    expect(endpoint.connections.defaultPort).toEqual(Port.tcp(443));
  });

  test('more is let in by hand', () => {
    const stack = stackIn('eu-west-2');
    const endpoint = new BedrockVpcEndpoint(stack, 'Bedrock', { vpc: isolatedVpc(stack), targets: [new CrossRegionInferenceProfile(stack, 'Haiku')] });
    endpoint.connections.allowDefaultPortFrom(Peer.ipv4('10.0.0.0/16'));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/16', FromPort: 443, ToPort: 443 })] });
  });

  test.each(['invoker', 'endpoint'])('an invoker finds the endpoint, with the %s made first, in another stack too', (first) => {
    const app = new App();
    const [network, workload] = [stackIn('eu-west-2', app, 'Network'), stackIn('eu-west-2', app, 'Workload')];
    const vpc = new Vpc(network, 'Vpc', { restrictDefaultSecurityGroup: false, natGateways: 0 });
    const makes = [
      () => new HaikuInvoker(workload, 'Invoker', { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }),
      () => new BedrockVpcEndpoint(network, 'Bedrock', { vpc, targets: [new CrossRegionInferenceProfile(network, 'Haiku')] }),
    ];
    for (const make of first === 'invoker' ? makes : makes.reverse()) make();
    expect(ingress(workload)).toEqual([inFrom('Invoker')]);
    Annotations.fromStack(workload).hasNoWarning('*', Match.stringLikeRegexp('cdk-bedrock-haiku'));
  });

  test('an endpoint without private DNS is found by none', () => {
    const stack = stackIn('eu-west-2');
    const vpc = isolatedVpc(stack);
    new HaikuInvoker(stack, 'Invoker', { vpc });
    new BedrockVpcEndpoint(stack, 'Bedrock', { vpc, targets: [new CrossRegionInferenceProfile(stack, 'Haiku')], privateDnsEnabled: false });
    expect(ingress(stack)).toEqual([]);
  });
});
