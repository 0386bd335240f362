import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, HaikuPreflight, HaikuPreflightProps, InferenceRouting, PreflightAction } from '../../src';
import { ACCOUNT } from '../kit/stack';

const env = { account: ACCOUNT, region: 'eu-west-2' };
const useCaseForm = { companyName: 'Example', companyWebsite: 'https://example.com', intendedUsers: '0', industryOption: 'Other', useCases: 'Tests' };

function templateOf(props: HaikuPreflightProps | ((stack: Stack) => HaikuPreflightProps) = {}, environment?: typeof env): Template {
  const stack = new Stack(new App(), 'Stack', { env: environment });
  new HaikuPreflight(stack, 'Preflight', typeof props === 'function' ? props(stack) : props);
  return Template.fromStack(stack);
}

function logicalId(template: Template): string {
  return Object.keys(template.findResources('Custom::HaikuPreflight'))[0];
}

function statements(template: Template): Array<{ Action: string | string[]; Resource: unknown; Condition?: unknown }> {
  const [role] = Object.values(template.findResources('AWS::IAM::Role')) as Array<{ Properties: { Policies: Array<{ PolicyDocument: { Statement: [] } }> } }>;
  return role.Properties.Policies[0].PolicyDocument.Statement;
}

test('it asks about the profile of the stack with the defaults that fail', () => {
  templateOf({}, env).hasResourceProperties('Custom::HaikuPreflight', {
    ModelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    InferenceProfileId: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    SourceRegion: 'eu-west-2',
    DestinationRegions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    OnDrift: 'FAIL',
    OnMissingAccess: 'FAIL',
    OnUnchecked: 'WARN',
    AcceptAgreement: Match.absent(),
    UseCaseForm: Match.absent(),
    ServiceTimeout: '600',
  });
});

test('by default its role may only ask', () => {
  expect(statements(templateOf({}, env))).toEqual([
    {
      Effect: 'Allow',
      Action: 'bedrock:GetInferenceProfile',
      Resource: 'arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    },
    {
      Effect: 'Allow',
      Action: ['bedrock:GetFoundationModelAvailability', 'bedrock:GetUseCaseForModelAccess', 'servicequotas:GetServiceQuota'],
      Resource: '*',
    },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/LogGroup/), 'Arn'] } },
  ]);
});

test('accepting and submitting bring the actions that they need, and no others', () => {
  const template = templateOf({ acceptAgreement: true, useCaseForm }, env);
  expect(statements(template).slice(1, 3)).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'bedrock:GetFoundationModelAvailability', 'bedrock:GetUseCaseForModelAccess', 'servicequotas:GetServiceQuota',
        'bedrock:PutUseCaseForModelAccess', 'bedrock:ListFoundationModelAgreementOffers', 'bedrock:CreateFoundationModelAgreement',
        'aws-marketplace:ViewSubscriptions',
      ],
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: 'aws-marketplace:Subscribe',
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': ['prod-xdkflymybwmvi'] } },
    },
  ]);
  template.hasResourceProperties('Custom::HaikuPreflight', { AcceptAgreement: 'true', UseCaseForm: useCaseForm });
});

test('a form whose values are known only at deploy time keeps them apart from any JSON', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const companyName = new CfnParameter(stack, 'Company').valueAsString;
  new HaikuPreflight(stack, 'Preflight', { useCaseForm: { ...useCaseForm, companyName } });
  Template.fromStack(stack).hasResourceProperties('Custom::HaikuPreflight', { UseCaseForm: { ...useCaseForm, companyName: { Ref: 'Company' } } });
});

test('a change makes another resource, so that CloudFormation never updates one', () => {
  const ids = [
    templateOf({}, env), templateOf({ onDrift: PreflightAction.WARN }, env), templateOf({ runAgain: '42' }, env), templateOf({ runAgain: '43' }, env),
    templateOf({}, { ...env, region: 'us-east-1' }),
  ].map(logicalId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(logicalId(templateOf({}, env))).toBe(ids[0]);
});

test('for the global profile no destinations are compared, and its own quotas are asked for', () => {
  const template = templateOf((stack) => ({ target: new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }) }), env);
  template.hasResourceProperties('Custom::HaikuPreflight', { DestinationRegions: Match.absent() });
  const [{ Properties }] = Object.values(template.findResources('Custom::HaikuPreflight')) as Array<{ Properties: { Quotas: Array<{ Code: string }> } }>;
  expect(Properties.Quotas.map(({ Code }) => Code)).toEqual(['L-E5084BBA', 'L-9A11C666', 'L-B5C049AE']);
});

test('where the Region is known only at deploy time, everything is looked up by it', () => {
  const find = (column: string) => ({ 'Fn::FindInMap': ['ClaudeHaiku45SourceGeography', { Ref: 'AWS::Region' }, column] });
  templateOf().hasResourceProperties('Custom::HaikuPreflight', {
    SourceRegion: { Ref: 'AWS::Region' }, InferenceProfileId: find('inferenceProfileId'), DestinationRegions: find('destinationRegions'),
  });
});

test('the report is an attribute, and others can wait for it', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const preflight = new HaikuPreflight(stack, 'Preflight');
  stack.exportValue(preflight.report, { name: 'Report' });
  const template = Template.fromStack(stack);
  template.hasOutput('*', { Value: { 'Fn::GetAtt': [logicalId(template), 'Report'] } });
});

test('each preflight has a function of its own, which can be reached and whose role asks about its profile only', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const geo = new HaikuPreflight(stack, 'Geo');
  const global = new HaikuPreflight(stack, 'Global', { target: new CrossRegionInferenceProfile(stack, 'Anywhere', { routing: InferenceRouting.globalCrossRegion() }) });
  geo.lambdaFunction.addEnvironment('HTTPS_PROXY', 'http://proxy:3128');
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::Function', 2);
  template.hasResourceProperties('AWS::Lambda::Function', { Description: 'Asks whether Claude Haiku 4.5 can be called', Environment: { Variables: { HTTPS_PROXY: 'http://proxy:3128' } } });
  expect(geo.lambdaFunction).not.toBe(global.lambdaFunction);
  const roles = Object.values(template.findResources('AWS::IAM::Role')).map(({ Properties }) => JSON.stringify(Properties.Policies));
  expect(roles.map((policy) => ['inference-profile/eu.', 'inference-profile/global.'].filter((profile) => policy.includes(profile)))).toEqual([
    ['inference-profile/eu.'], ['inference-profile/global.'],
  ]);
});

describe('with a role of another account', () => {
  const CENTRAL = 'arn:aws:iam::444455556666:role/model-access';
  const PROFILE = (account: string) => `arn:aws:bedrock:eu-west-2:${account}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0`;
  const inApp = (account: string) => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env });
    const there = account === env.account ? stack : new Stack(app, 'There', { env: { ...env, account } });
    const assumedRole = new Role(there, 'Central', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), roleName: there === stack ? undefined : 'central' });
    new HaikuPreflight(stack, 'Preflight', { assumedRole, externalId: 'team-a' });
    return { app, stack, there };
  };

  test('the function may assume it, and the handler is told', () => {
    const template = templateOf((stack) => ({ assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL), externalId: 'team-a' }), env);
    const [{ Properties }] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: CENTRAL }]);
    const [{ DependsOn }] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(DependsOn).toContainEqual(expect.stringMatching(/^PreflightHandlerRoleDefaultPolicy/));
    expect(statements(template)).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/LogGroup/), 'Arn'] } },
    ]);
    template.hasResourceProperties('Custom::HaikuPreflight', { AssumedRoleArn: CENTRAL, ExternalId: 'team-a' });
  });

  test('what the questions need, and the trust statement, are printed where the role is not the app\'s to change', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    new HaikuPreflight(stack, 'Preflight', { assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL) });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain(`The assumed role ${CENTRAL} gets nothing: this app cannot change its policies. Attach this policy to it:`);
    expect(warnings[0]).toContain(PROFILE('444455556666'));
    expect(warnings[0]).toContain('[ack: cdk-bedrock-haiku:HaikuPreflight.assumedRoleNotAttached]');
    expect(warnings[1]).toContain('[ack: cdk-bedrock-haiku:HaikuPreflight.trustNotAttached]');
    expect(warnings[1]).toContain('arn:aws:iam::111122223333:role/Stack-Preflight-');
  });

  test.each(['111122223333', '444455556666'])('a role that the app makes in %s is given what the questions need', (account) => {
    const { app, there } = inApp(account);
    const policies = Template.fromStack(there).findResources('AWS::IAM::Policy');
    const [, { Properties }] = Object.entries(policies).find(([id]) => id.startsWith('Central'))!;
    expect(Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'bedrock:GetInferenceProfile', Resource: PROFILE(account) },
      { Effect: 'Allow', Action: ['bedrock:GetFoundationModelAvailability', 'bedrock:GetUseCaseForModelAccess', 'servicequotas:GetServiceQuota'], Resource: '*' },
    ]);
    expect(() => app.synth()).not.toThrow();
  });

  test('nothing is asked before the role may answer', () => {
    const { stack } = inApp('111122223333');
    const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::HaikuPreflight'));
    expect(resource.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^CentralDefaultPolicy/)]));
    const other = inApp('444455556666');
    other.app.synth();
    expect(other.stack.dependencies.map(({ node }) => node.id)).toEqual(['There']);
  });

  test('an external ID needs a role', () => {
    expect(() => templateOf({ externalId: 'team' }, env)).toThrow(
      'externalId is for the role that is assumed, and assumedRole is left out. Pass assumedRole too, or leave externalId out.');
  });
});
