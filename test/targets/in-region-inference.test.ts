import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Aws, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { HaikuInvoker, InferenceEndpoint, InRegionInference, InRegionInferenceProps, InvokerApi, InvokerGuardrail, ModelCard } from '../../src';
import { MANTLE_MODEL_ID, MANTLE_REGIONS } from '../fixtures/documented-regions';
import { statementsOf } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';
import { inRegionFinding } from '../routing/in-region-finding';
import { said } from '../wording/said';


function granted(region?: string, projectId?: string): Stack {
  const stack = stackIn(region);
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  new InRegionInference(stack, 'Haiku', { projectId }).grants.invoke(role);
  return stack;
}

function expectedStatements(region: string, projectId = 'default'): unknown[] {
  return [{
    Effect: 'Allow',
    Action: ['bedrock-mantle:CreateInference'],
    Resource: [`arn:aws:bedrock-mantle:${region}:${ACCOUNT}:project/${projectId}`],
    Condition: { StringEquals: { 'bedrock-mantle:Model': MANTLE_MODEL_ID } },
  }];
}

test.each(MANTLE_REGIONS)('%s: the one statement, the same in a concrete and in an environment-agnostic stack', (region) => {
  expect(statementsOf(granted(region), { region })).toEqual(expectedStatements(region));
  expect(statementsOf(granted(), { region })).toEqual(expectedStatements(region));
});

test('a project of one\'s own is the only one that the grant names', () => {
  expect(statementsOf(granted('us-east-1', 'proj_1'), { region: 'us-east-1' })).toEqual(expectedStatements('us-east-1', 'proj_1'));
});

test.each(['eu-west-2', 'ap-south-1', 'us-gov-west-1', 'eu-north-9'])('%s: bedrock-mantle does not serve the model, and that is an error', (region) => {
  expect(failures((scope) => new InRegionInference(scope, 'Haiku'), { account: ACCOUNT, region })).toEqual(everywhere(
    said('IN_REGION_NOT_SERVED', { finding: inRegionFinding(ModelCard.CLAUDE_HAIKU_4_5, region) })));
});

test('a Region that is a token of something else is an error', () => {
  expect(failures((scope) => new InRegionInference(scope, 'Haiku', { region: new CfnParameter(scope, 'Region').valueAsString }))).toEqual(everywhere(
    'region is an unresolved token other than the Region of the stack; expected a literal Region such as "eu-west-1". '
    + 'The Region decides where data may go: pass a literal, or leave region out to follow the stack.'));
});

test('an environment-agnostic stack has one table and one rule, however many there are', () => {
  const stack = granted();
  new InRegionInference(stack, 'Another').grants.invoke(new ServicePrincipal('lambda.amazonaws.com'));
  const template = Template.fromStack(stack).toJSON();
  expect(template.Mappings).toEqual({
    ClaudeHaiku45InRegion: Object.fromEntries(MANTLE_REGIONS.map((region) => [region, { modelId: MANTLE_MODEL_ID }])),
  });
  expect(template.Rules.ClaudeHaiku45InRegionRule).toEqual({
    Assertions: [{
      Assert: { 'Fn::Contains': [[...MANTLE_REGIONS].sort(), { Ref: 'AWS::Region' }] },
      AssertDescription: `bedrock-mantle does not serve Claude Haiku 4.5 in this Region. Deploy to one of ${[...MANTLE_REGIONS].sort().join(', ')}.`,
    }],
  });
});

test('AWS::Region in a stack of a concrete Region is that Region', () => {
  const stack = stackIn('eu-west-1');
  const haiku = new InRegionInference(stack, 'Haiku', { region: Aws.REGION });
  expect(haiku.sourceRegion).toBe('eu-west-1');
  expect(haiku.modelId).toBe(MANTLE_MODEL_ID);
  expect(failures((scope) => new InRegionInference(scope, 'Haiku', { region: Aws.REGION }), { account: ACCOUNT, region: 'eu-west-2' }).new)
    .toContain('got "eu-west-2"');
});

test('it creates no resource', () => {
  const stack = stackIn('us-east-1');
  new InRegionInference(stack, 'Haiku');
  expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
});

test.each<[unknown]>([[''], ['*'], ['proj_*'], ['arn:aws:bedrock-mantle:us-east-1:111122223333:project/proj_1'], ['project/proj_1'], ['proj 1'], ['proj\n1'], [7], [null]])(
  '%j is no project', (projectId) => {
    const given = JSON.stringify(projectId);
    expect(failures((scope) => new InRegionInference(scope, 'Haiku', { projectId: projectId as string }), { account: ACCOUNT, region: 'us-east-1' })).toEqual(everywhere(
      `projectId is not the ID of a bedrock-mantle project, got ${given}; expected "default" or an ID that AWS gave, such as "proj_abc123". `
      + 'An ARN ends in the ID: pass what follows "project/", or leave projectId out to use the default project.'));
  });

test('a project whose ID is known only at deploy time passes', () => {
  const stack = stackIn('us-east-1');
  const { projectId } = new InRegionInference(stack, 'Haiku', { projectId: new CfnParameter(stack, 'Project').valueAsString });
  expect(stack.resolve(projectId)).toEqual({ Ref: 'Project' });
});

describe('on bedrock-runtime', () => {
  const direct = (region: string) => ({
    Effect: 'Allow',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    Resource: [`arn:aws:bedrock:${region}::foundation-model/anthropic.claude-sonnet-5`],
    Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } },
  });
  const grantedTo = (region: string | undefined, props: InRegionInferenceProps) => {
    const stack = stackIn(region);
    const model = new InRegionInference(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_5, ...props });
    model.grants.invoke(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    return { stack, model };
  };

  test.each(['eu-west-2', 'ap-northeast-2', 'ap-southeast-1'])('%s: the model itself, called by its own ID', (region) => {
    const { stack, model } = grantedTo(region, {});
    expect([model.modelId, model.endpoint, model.projectId]).toEqual(['anthropic.claude-sonnet-5', 'bedrock-runtime', undefined]);
    expect(statementsOf(stack, { region })).toEqual([direct(region)]);
    expect(statementsOf(grantedTo(undefined, { endpoint: InferenceEndpoint.BEDROCK_RUNTIME }).stack, { region })).toEqual([direct(region)]);
  });

  test('a stack without a Region has a table of the one endpoint', () => {
    const { stack, model } = grantedTo(undefined, { endpoint: InferenceEndpoint.BEDROCK_RUNTIME });
    expect(model.endpoint).toBe('bedrock-runtime');
    const { Rules: { ClaudeSonnet5InRegionOnRuntimeRule: rule } } = Template.fromStack(stack).toJSON() as { Rules: Record<string, unknown> };
    expect(rule).toEqual({
      Assertions: [{
        Assert: { 'Fn::Contains': [['ap-northeast-2', 'ap-southeast-1', 'eu-west-2'], { Ref: 'AWS::Region' }] },
        AssertDescription: 'bedrock-runtime does not serve Claude Sonnet 5 in this Region. Deploy to one of ap-northeast-2, ap-southeast-1, eu-west-2.',
      }],
    });
    expect(grantedTo(undefined, {}).model.endpoint).toBe('bedrock-mantle');
    expect(new InRegionInference(stackIn(undefined), 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 }).endpoint).toBe('bedrock-runtime');
  });

  test('an invoker applies an enforced guardrail, and speaks Converse', () => {
    const stack = stackIn('eu-west-2');
    const target = new InRegionInference(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 });
    const guardrail = InvokerGuardrail.fromGuardrailId('abc', { guardrailVersion: '1', enforce: true });
    const { role } = new HaikuInvoker(stack, 'Invoker', { target, guardrail, api: InvokerApi.CONVERSE });
    const statements = statementsOf(stack, { region: 'eu-west-2' }).filter(({ Resource }) => JSON.stringify(Resource).includes('foundation-model'));
    const named = { 'bedrock:GuardrailIdentifier': `arn:aws:bedrock:eu-west-2:${ACCOUNT}:guardrail/abc:1` };
    expect(role).toBeDefined();
    expect(statements.map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
      ['Allow', { Null: { 'bedrock:InferenceProfileArn': 'true' }, StringEquals: named }],
      ['Deny', { StringNotEquals: named }],
    ]);
  });

  test('a project is refused, and an endpoint that does not serve the model', () => {
    expect(() => grantedTo('eu-west-2', { projectId: 'proj_1' })).toThrow(new Error(
      'projectId is not available on bedrock-runtime, got "proj_1": only bedrock-mantle has such projects. '
      + 'Leave projectId out, or ask for bedrock-mantle as endpoint in a Region where it serves the model.'));
    expect(() => grantedTo('eu-west-2', { endpoint: InferenceEndpoint.BEDROCK_MANTLE })).toThrow('bedrock-mantle does not serve Claude Sonnet 5 in this Region, got "eu-west-2"; ');
    expect(() => grantedTo('eu-west-1', { endpoint: InferenceEndpoint.BEDROCK_RUNTIME })).toThrow('bedrock-runtime does not serve Claude Sonnet 5 in this Region, got "eu-west-1"; ');
    expect(() => new InRegionInference(stackIn(undefined), 'Haiku', { endpoint: InferenceEndpoint.BEDROCK_RUNTIME })).toThrow(
      'bedrock-runtime serves Claude Haiku 4.5 in no Region that its card lists (as of 2026-10), got a stack whose Region is known only when it is deployed; expected a card with inRegionOnRuntime. ');
  });
});
