import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, CfnOutput, CfnParameter, Environment, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  CrossRegionInferenceProfile, Geography, HaikuInvoker, HaikuPreflight, IInvocableModel, InferenceRouting, InRegionInference, ModelCard,
} from '../../src';
import { deployed, templateOf } from '../kit/deployed';
import { statementsOf } from '../kit/policies';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const ID = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

/** Uses the construct's ID, which is what looks it up. */
function output(target: IInvocableModel): void {
  new CfnOutput(target, 'Id', { value: target.modelId });
}

/** The value of the output `Id` in eu-west-2. */
function idIn(stack: Stack): unknown {
  const template = templateOf(stack);
  return deployed(template, template.Outputs!.Id.Value, { region: 'eu-west-2' });
}

function twoStacks(env?: Environment): [Stack, Stack] {
  const app = new App();
  const [owner, user] = [new Stack(app, 'Owner'), new Stack(app, 'User', { env })];
  new CfnOutput(user, 'Id', { value: new CrossRegionInferenceProfile(owner, 'Haiku').inferenceProfileId });
  return [owner, user];
}

test('there is one mapping a table, however many constructs', () => {
  const stack = new Stack(new App(), 'Stack');
  for (const id of ['A', 'B', 'C']) {
    output(new CrossRegionInferenceProfile(stack, `${id}Default`));
    output(new CrossRegionInferenceProfile(stack, `${id}Eu`, { routing: InferenceRouting.geo(Geography.EU) }));
    output(new CrossRegionInferenceProfile(stack, `${id}Global`, { routing: InferenceRouting.globalCrossRegion() }));
    output(new InRegionInference(stack, `${id}InRegion`));
  }
  const tables = ['ClaudeHaiku45GeoEu', 'ClaudeHaiku45Global', 'ClaudeHaiku45InRegion', 'ClaudeHaiku45SourceGeography'];
  expect(Object.keys(templateOf(stack).Mappings!).sort()).toEqual(tables);
  expect(Object.keys(templateOf(stack).Rules!).sort()).toEqual(expect.arrayContaining(tables.map((id) => `${id}Rule`)));
});

test('a table that nothing is looked up in has its rule, and no mapping that stands unused', () => {
  const stack = new Stack(new App(), 'Stack');
  new CrossRegionInferenceProfile(stack, 'Haiku');
  expect(templateOf(stack).Mappings).toBeUndefined();
  expect(Object.keys(templateOf(stack).Rules!)).toContain('ClaudeHaiku45SourceGeographyRule');
});

test('two cards of one name stand beside each other, each with its own table', () => {
  const stack = new Stack(new App(), 'Stack');
  const model = ModelCard.CLAUDE_HAIKU_4_5.extend({
    geoRoutes: [{
      geography: Geography.EU, sourceRegion: 'eu-central-3', destinationRegions: ['eu-central-3'], sourceUrl: 'https://example.com/card', asOf: '2026-11-01',
    }],
  });
  for (const id of ['One', 'Two']) {
    output(new CrossRegionInferenceProfile(stack, id));
    output(new CrossRegionInferenceProfile(stack, `${id}Own`, { model }));
  }
  const { Mappings } = templateOf(stack);
  const [first, second] = Object.keys(Mappings!);
  expect(Object.keys(Mappings!)).toHaveLength(2);
  expect(first).toBe('ClaudeHaiku45SourceGeography');
  expect(second).toMatch(/^ClaudeHaiku45SourceGeography[0-9a-f]{8}$/);
  expect(Mappings![first]['eu-central-3']).toBeUndefined();
  expect(Mappings![second]['eu-central-3'].inferenceProfileId).toBe(ID);
});

test('a user\'s own construct of the same id is left alone', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnParameter(stack, 'ClaudeHaiku45Global');
  output(new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }));
  expect(Object.keys(templateOf(stack).Mappings!)).toEqual([expect.stringMatching(/^ClaudeHaiku45Global[0-9a-f]{8}$/)]);
});

test('a value used in another environment-agnostic stack brings its table and rule along, without an export', () => {
  const [owner, user] = twoStacks();
  expect(idIn(user)).toBe(ID);
  expect(Object.keys(templateOf(user).Rules!)).toContain('ClaudeHaiku45SourceGeographyRule');
  expect(templateOf(owner).Outputs).toBeUndefined();
});

test('a value used in a nested stack brings its table along', () => {
  const stack = new Stack(new App(), 'Stack');
  const nested = new NestedStack(stack, 'Nested');
  new CfnOutput(nested, 'Id', { value: new CrossRegionInferenceProfile(stack, 'Haiku').inferenceProfileId });
  expect(idIn(nested)).toBe(ID);
});

test('a profile inside a nested stack has its table there', () => {
  const nested = new NestedStack(new Stack(new App(), 'Stack'), 'Nested');
  new CfnOutput(nested, 'Id', { value: new CrossRegionInferenceProfile(nested, 'Haiku').inferenceProfileId });
  expect(idIn(nested)).toBe(ID);
});

test('a value used within a stage and across stages brings its table along', () => {
  const app = new App();
  const [one, two] = ['One', 'Two'].map((id) => new Stage(app, id));
  const haiku = new CrossRegionInferenceProfile(new Stack(one, 'Owner'), 'Haiku');
  for (const stack of [new Stack(one, 'User'), new Stack(two, 'User')]) {
    new CfnOutput(stack, 'Id', { value: haiku.inferenceProfileId });
    expect(idIn(stack)).toBe(ID);
  }
});

test('a grant to a role of another environment-agnostic stack brings the table along', () => {
  const app = new App();
  const other = new Stack(app, 'User');
  const role = new Role(other, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  new CrossRegionInferenceProfile(new Stack(app, 'Owner'), 'Haiku').grants.invoke(role);
  expect(statementsOf(other, { region: 'eu-west-2' })[0].Resource).toEqual([`arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${ID}`]);
});

test('a use in a stack of a concrete Region fails, in synth and in Template.fromStack', () => {
  const message = 'Region of Owner/Haiku is known only at deploy time, got a use in "User", which is in "us-east-1"; '
    + 'expected both to be in one Region. Give the stacks the same env, or pass sourceRegion.';
  const env = { account: ACCOUNT, region: 'us-east-1' };
  const texts = [
    thrown(() => (twoStacks(env)[1].node.root as App).synth()),
    thrown(() => Template.fromStack(twoStacks(env)[1])),
  ];
  for (const text of texts) expect(text).toContain(message);
});

test('several stacks of one app, and one twice, are read without a second synthesis being taken for a change', () => {
  const warnings: string[] = [];
  const listener = (warning: Error): void => { warnings.push(warning.message); };
  process.on('warning', listener);
  const [owner, user] = twoStacks();
  const before = [templateOf(owner), templateOf(user), templateOf(owner), templateOf(user)];
  const app = user.node.root as App;
  const assembly = app.synth();
  process.off('warning', listener);
  expect([before[2], before[3]]).toEqual([before[0], before[1]]);
  expect(assembly.getStackByName('User').template).toEqual(before[1]);
  expect(app.synth()).toBe(assembly);
  expect(warnings).toEqual([]);
});

const makers: Array<[string, (scope: Construct) => void]> = [
  ['a profile', (scope) => new CrossRegionInferenceProfile(scope, 'Haiku')],
  ['a global profile', (scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing: InferenceRouting.globalCrossRegion() })],
  ['a profile with allowed Regions', (scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] })],
  ['in-Region inference', (scope) => new InRegionInference(scope, 'Haiku')],
  ['an invoker with a target of its own', (scope) => new HaikuInvoker(scope, 'Haiku')],
  ['a preflight with a target of its own', (scope) => new HaikuPreflight(scope, 'Haiku')],
  ['a construct around them', (scope) => {
    const around = new Construct(scope, 'Haiku');
    const profile = new CrossRegionInferenceProfile(around, 'Profile', { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] });
    profile.grants.invoke(new Role(around, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  }],
];

test.each(makers)('%s that is removed leaves no rule and no mapping behind, unless another one uses them', (_, make) => {
  const [empty, shared] = ['Empty', 'Shared'].map((id) => new Stack(new App(), id));
  make(empty);
  expect(empty.node.tryRemoveChild('Haiku')).toBe(true);
  expect([templateOf(empty).Rules, templateOf(empty).Mappings]).toEqual([{ CheckBootstrapVersion: expect.anything() }, undefined]);
  make(shared);
  const other = new Construct(shared, 'Other');
  make(other);
  shared.node.tryRemoveChild('Haiku');
  const alone = new Stack(new App(), 'Alone');
  make(new Construct(alone, 'Other'));
  expect([templateOf(shared).Rules, templateOf(shared).Mappings]).toEqual([templateOf(alone).Rules, templateOf(alone).Mappings]);
});

test('values of a removed profile that are still used keep the table, and hold the Regions that it allowed', () => {
  const stack = new Stack(new App(), 'Stack');
  const profile = new CrossRegionInferenceProfile(stack, 'Haiku', { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] });
  output(profile);
  stack.node.tryRemoveChild('Haiku');
  // The output went with the profile; one that stays still reads its table.
  new CfnOutput(stack, 'Id', { value: profile.inferenceProfileId });
  const { Rules, Mappings } = templateOf(stack);
  expect(Object.keys(Mappings!)).toEqual(['ClaudeHaiku45SourceGeography']);
  expect(Object.keys(Rules!).sort()).toEqual([expect.stringMatching(/^CheckBootstrap/), 'ClaudeHaiku45SourceGeographyRule', expect.stringMatching(/^StackHaiku\w*AllowedRegions$/)]);
});

test('a construct of the same name that takes the place of a removed one has its table', () => {
  const stack = new Stack(new App(), 'Stack');
  new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() });
  stack.node.tryRemoveChild('Haiku');
  new CrossRegionInferenceProfile(stack, 'Haiku');
  expect(Object.keys(templateOf(stack).Rules!)).toEqual(expect.not.arrayContaining(['ClaudeHaiku45GlobalRule']));
  expect(Object.keys(templateOf(stack).Rules!)).toContain('ClaudeHaiku45SourceGeographyRule');
});
