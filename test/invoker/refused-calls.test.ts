import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, IVpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, ArnPrincipal, Effect, ManagedPolicy, PermissionsBoundary, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import {
  ApplicationInferenceProfile, BedrockVpcEndpoint, BedrockVpcEndpointProps, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps,
  IInvocableModel, InferenceRouting, InRegionInference, InvokerFunctionUrl, InvokerGuardrail, ModelCard, ServiceControlPolicies,
} from '../../src';
import { ACCOUNT, isolatedVpc, OTHER_ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

interface Scene {
  readonly stack: Stack;
  readonly vpc: IVpc;
  readonly target: IInvocableModel;
}

type Made<T> = (scene: Scene) => T;

const haiku = (scope: Stack) => new CrossRegionInferenceProfile(scope, 'Haiku');

/** What synthesis says of an invoker in a VPC with a BedrockVpcEndpoint; nothing if it says nothing. */
function verdict(
  { props = () => ({}), endpoint, target = haiku, more = () => undefined, region = 'eu-west-1' }: {
    props?: Made<HaikuInvokerProps>;
    endpoint?: Made<Partial<BedrockVpcEndpointProps>>;
    target?: (scope: Stack) => IInvocableModel;
    more?: (scene: Scene, invoker: HaikuInvoker) => unknown;
    region?: string;
  }, stack = stackIn(region)): string | undefined {
  const scene = { stack, vpc: isolatedVpc(stack), target: target(stack) };
  if (endpoint) new BedrockVpcEndpoint(stack, 'Endpoint', { vpc: scene.vpc, targets: [scene.target], ...endpoint(scene) });
  const invoker = new HaikuInvoker(stack, 'Invoker', { vpc: scene.vpc, target: scene.target, ...props(scene) });
  more(scene, invoker);
  try {
    Template.fromStack(stack);
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n').find((line) => line.includes('cannot call'))?.trim();
  }
}

const ENDPOINT = 'Let the endpoint pass it: targets, callers and guardrailArns of a BedrockVpcEndpoint say what it lets through.';
const PROFILE = `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0`;
const GUARDRAIL = `arn:aws:bedrock:eu-west-1:${ACCOUNT}:guardrail/a1b2c3`;
const deny = (resources: string[], conditions = {}) => new PolicyStatement({ sid: 'Mine', effect: Effect.DENY, actions: ['bedrock:Invoke*'], resources, conditions });

describe('what passes', () => {
  test.each<[string, Parameters<typeof verdict>[0]]>([
    ['the endpoint\'s own target', { endpoint: () => ({}) }],
    ['a global target', { endpoint: () => ({}), target: (stack) => new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() }) }],
    ['an application inference profile', {
      endpoint: () => ({}), target: (stack) => new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') }),
    }],
    ['In-Region inference', { endpoint: () => ({}), target: (stack) => new InRegionInference(stack, 'In', { projectId: 'proj_abc' }) }],
    ['the guardrail that it names', { endpoint: () => ({ guardrailArns: [GUARDRAIL] }), props: () => ({ guardrail: InvokerGuardrail.fromGuardrailArn(GUARDRAIL, { guardrailVersion: '1' }) }) }],
    ['a role that is a caller', {
      endpoint: ({ stack }) => ({ callers: [new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })] }),
      props: ({ stack }) => ({ role: stack.node.findChild('Mine') as Role }),
    }],
    ['a streaming function', { endpoint: () => ({}), props: () => ({ functionUrl: InvokerFunctionUrl.streaming() }) }],
    ['an endpoint of another service', { more: ({ stack, vpc }) => new InterfaceVpcEndpoint(stack, 'Own', { vpc, service: InterfaceVpcEndpointAwsService.KMS }).addToPolicy(allowNothing()) }],
    ['an endpoint without a policy', { more: ({ stack, vpc }) => new InterfaceVpcEndpoint(stack, 'Own', { vpc, service: InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME }) }],
    ['a Deny of something else', { more: (_, invoker) => invoker.addToRolePolicy(deny(['arn:aws:bedrock:*::foundation-model/amazon.*'])) }],
    ['a Deny that depends on the network', { more: (_, invoker) => invoker.addToRolePolicy(deny(['*'], { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } })) }],
    ['a boundary that allows it', { more: ({ stack }, invoker) => PermissionsBoundary.of(invoker.role).apply(boundary(stack, '*')) }],
  ])('%s', (_, given) => {
    expect(verdict(given)).toBeUndefined();
  });

  test('what a stack without an account may be', () => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
    expect(verdict({ endpoint: () => ({ callers: [new ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/app`)] }) }, stack)).toBeUndefined();
    expect(verdict({ endpoint: () => ({}) }, new Stack())).toBeUndefined();
  });
});

function allowNothing(): PolicyStatement {
  return new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'], principals: [new AnyPrincipal()] });
}

function boundary(stack: Stack, ...actions: string[]): ManagedPolicy {
  return new ManagedPolicy(stack, 'Boundary', { statements: [new PolicyStatement({ actions, resources: ['*'] })] });
}

describe('what is refused', () => {
  test.each<[string, Parameters<typeof verdict>[0], string]>([
    ['another model than the endpoint\'s', { endpoint: ({ stack }) => ({ targets: [new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 })] }) },
      `Stack/Invoker cannot call Stack/Haiku: the policy of the VPC endpoint Stack/Endpoint/Runtime does not allow bedrock:InvokeModel on ${PROFILE} in "eu-west-1", `
      + `and 6 more that the call needs. ${ENDPOINT}`],
    ['a role that is no caller', { endpoint: () => ({ callers: [new ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:role/app`)] }) },
      `Stack/Invoker cannot call Stack/Haiku: the policy of the VPC endpoint Stack/Endpoint/Runtime does not allow bedrock:InvokeModel on ${PROFILE} in "eu-west-1", `
      + `and 6 more that the call needs. ${ENDPOINT}`],
    ['the guardrail, which the endpoint does not name', { endpoint: () => ({}), props: () => ({ guardrail: InvokerGuardrail.fromGuardrailId('a1b2c3', { guardrailVersion: '1' }) }) },
      `Stack/Invoker cannot call Stack/Haiku: the policy of the VPC endpoint Stack/Endpoint/Runtime does not allow bedrock:ApplyGuardrail on ${GUARDRAIL} in "eu-west-1". ${ENDPOINT}`],
    ['another project', {
      endpoint: ({ stack }) => ({ targets: [new InRegionInference(stack, 'Other', { projectId: 'proj_xyz' })] }), target: (stack) => new InRegionInference(stack, 'In'),
    }, 'Stack/Invoker cannot call Stack/In: the policy of the VPC endpoint Stack/Endpoint/Mantle does not allow bedrock-mantle:CreateInference on '
      + `arn:aws:bedrock-mantle:eu-west-1:${ACCOUNT}:project/default in "eu-west-1". ${ENDPOINT}`],
    ['an endpoint of CDK\'s own', { more: ({ stack, vpc }) => new InterfaceVpcEndpoint(stack, 'Own', { vpc, service: InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME }).addToPolicy(allowNothing()) },
      `Stack/Invoker cannot call Stack/Haiku: statement 0 of the policy of the VPC endpoint Stack/Own denies bedrock:InvokeModel on ${PROFILE} in "eu-west-1", and 6 more that the call needs. ${ENDPOINT}`],
    ['a central role that is not let through', {
      endpoint: () => ({}), props: ({ stack }) => ({ assumedRole: Role.fromRoleArn(stack, 'Central', `arn:aws:iam::${OTHER_ACCOUNT}:role/central`) }),
    }, `Stack/Invoker cannot call Stack/Haiku: the policy of the VPC endpoint Stack/Endpoint/Runtime does not allow bedrock:InvokeModel on ${PROFILE.replace(ACCOUNT, OTHER_ACCOUNT)} in "eu-west-1", `
      + `and 6 more that the call needs. ${ENDPOINT}`],
    ['one destination', { more: (_, invoker) => invoker.addToRolePolicy(deny(['arn:aws:bedrock:eu-south-1::*'])) },
      'Stack/Invoker cannot call Stack/Haiku: statement "Mine" of the policy Stack/Invoker/Role/DefaultPolicy denies bedrock:InvokeModel on '
      + 'arn:aws:bedrock:eu-south-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 in "eu-south-1". Change the statement, or let the function call with another role.'],
    ['Regions, by a managed policy', {
      more: ({ stack }, invoker) => new ManagedPolicy(stack, 'Team', { roles: [invoker.role], statements: [deny(['*'], { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } })] }),
    }, 'Stack/Invoker cannot call Stack/Haiku: statement "Mine" of the policy Stack/Team denies bedrock:InvokeModel on '
      + 'arn:aws:bedrock:eu-north-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 in "eu-north-1", and 3 more that the call needs. Change the statement, or let the function call with another role.'],
    ['what the boundary lacks', { more: ({ stack }, invoker) => PermissionsBoundary.of(invoker.role).apply(boundary(stack, 'logs:*', 'ec2:*')) },
      `Stack/Invoker cannot call Stack/Haiku: the permissions boundary Stack/Boundary does not allow bedrock:InvokeModel on ${PROFILE} in "eu-west-1", and 6 more that the call needs. `
      + 'Let the boundary allow it: the target\'s grants tell what it needs, as does npx cdk-bedrock-haiku policy.'],
    ['streaming', { props: () => ({ functionUrl: InvokerFunctionUrl.streaming() }), more: ({ stack }, invoker) => PermissionsBoundary.of(invoker.role).apply(boundary(stack, 'bedrock:InvokeModel')) },
      `Stack/Invoker cannot call Stack/Haiku: the permissions boundary Stack/Boundary does not allow bedrock:InvokeModelWithResponseStream on ${PROFILE} in "eu-west-1", and 6 more that the call needs. `
      + 'Let the boundary allow it: the target\'s grants tell what it needs, as does npx cdk-bedrock-haiku policy.'],
  ])('%s', (_, given, message) => {
    expect(verdict(given)).toContain(message);
  });

  test('a role that the organization does not spare, once it is known which role it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'haiku-scp-'));
    const file = join(folder, 'org.json');
    const spare = { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/approved` } };
    const approved = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'bedrock:*', Resource: '*', Condition: spare }] };
    const all = { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };
    writeFileSync(file, JSON.stringify({ levels: [{ name: 'Root', policies: [all] }, { name: 'OU', policies: [all, { name: 'Approved', document: approved }] }] }));
    const target = (scope: Stack) => new CrossRegionInferenceProfile(scope, 'Haiku', { serviceControlPolicies: ServiceControlPolicies.fromFile(file) });
    const as = (name: string) => verdict({ target, props: ({ stack }) => ({ role: Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/${name}`) }) });
    expect(as('approved')).toBeUndefined();
    expect(as('app')).toContain(`Stack/Invoker cannot call Stack/Haiku: statement 0 of the service control policy "Approved" at "OU" denies bedrock:InvokeModel on ${PROFILE} in "eu-west-1", `
      + 'and 6 more that the call needs. Change that policy, or call with a role that it spares.');
    rmSync(folder, { recursive: true });
  });

  test('app.synth() fails too', () => {
    const stack = stackIn('eu-west-1');
    new HaikuInvoker(stack, 'Invoker').addToRolePolicy(deny(['*']));
    expect(thrown(() => (stack.node.root as App).synth())).toContain('Stack/Invoker cannot call Stack/Invoker/Target: statement "Mine"');
  });
});
