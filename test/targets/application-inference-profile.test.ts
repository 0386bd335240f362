import { Template } from 'aws-cdk-lib/assertions';
import { IApplicationInferenceProfileRef } from 'aws-cdk-lib/aws-bedrock';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack, Tags } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, InferenceOption, InferenceRouting, ModelCard } from '../../src';
import { GEO_ROUTES, GLOBAL_SOURCES, MODEL_ID } from '../fixtures/documented-regions';
import { deployed, templateOf } from '../kit/deployed';
import { statementsOf } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';


function properties(stack: Stack, region: string): Record<string, unknown> {
  const template = templateOf(stack);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Bedrock::ApplicationInferenceProfile'));
  return deployed(template, resource.Properties, { region }) as Record<string, unknown>;
}

const cases: Array<[string, string, InferenceRouting | undefined]> = [
  ...GEO_ROUTES.map(({ prefix, source }): [string, string, undefined] => [source, prefix, undefined]),
  ...GLOBAL_SOURCES.map((source): [string, string, InferenceRouting] => [source, 'global', InferenceRouting.globalCrossRegion()]),
];

test.each(cases)('in %s the %s profile is copied and granted, the same in an environment-agnostic stack', (region, prefix, routing) => {
  const copied = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${prefix}.${MODEL_ID}`;
  const written = [stackIn(region), stackIn()].map((stack) => {
    const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku', { routing }) });
    team.grants.invoke(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    expect(properties(stack, region).ModelSource).toEqual({ CopyFrom: copied });
    return statementsOf(stack, { region });
  });
  expect(written[1]).toEqual(written[0]);
  const [profile, ...models] = written[0];
  expect(profile.Resource).toEqual([expect.stringMatching(/^GetAtt\(Team[0-9A-F]{8}\.InferenceProfileArn\)$/)]);
  expect(models).toHaveLength(routing ? 2 : 1);
  for (const { Condition } of models) {
    expect(Condition).toMatchObject({ StringEquals: { 'bedrock:InferenceProfileArn': [profile.Resource[0], copied] } });
  }
});

test('Tags.of separates costs by team', () => {
  const stack = stackIn('eu-west-2');
  const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') });
  Tags.of(team).add('team', 'search');
  expect(properties(stack, 'eu-west-2').Tags).toEqual([{ Key: 'team', Value: 'search' }]);
});

test('the generated name follows what cannot be changed in place, so a replacement finds it free', () => {
  const name = (description?: string, routing?: InferenceRouting): unknown => {
    const stack = stackIn('eu-west-2');
    new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku', { routing }), description });
    return properties(stack, 'eu-west-2').InferenceProfileName;
  };
  const names = [name(), name('a'), name(undefined, InferenceRouting.globalCrossRegion())];
  expect(new Set(names).size).toBe(3);
  expect(name()).toBe(names[0]);
  // The same profile, however it was chosen.
  expect(name(undefined, InferenceRouting.geo(Geography.EU))).toBe(names[0]);
  for (const generated of names) expect(generated).toMatch(/^Stack-Team-[0-9A-F]{8}-[0-9a-f]{8}$/);
});

/** The generated name of a profile that copies this. */
function generatedName(stack: Stack, region: string, routing?: InferenceRouting, model?: ModelCard, description?: string): unknown {
  new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku', { routing, model }), description });
  return properties(stack, region).InferenceProfileName;
}

test.each(cases)('the generated name in %s (%s) is that of an environment-agnostic stack, so an env that is added later replaces nothing', (region, _, routing) => {
  const name = generatedName(stackIn(), region, routing);
  expect(generatedName(stackIn(region), region, routing)).toBe(name);
  expect(generatedName(new Stack(new App(), 'Stack', { env: { region } }), region, routing)).toBe(name);
});

test.each(GEO_ROUTES.map(({ prefix, source }) => [source, prefix]))('in %s the name is the same when its geography %s is named, in each kind of stack', (region, prefix) => {
  const named = InferenceRouting.geo(Geography.of(prefix));
  const names = [stackIn(region), stackIn()].flatMap((stack) => generatedName(stack, region, named));
  expect(names).toEqual(Array(2).fill(generatedName(stackIn(), region)));
});

test('where a card has several geographies for a Region, the one that is named counts', () => {
  const row = { sourceRegion: 'eu-west-2', destinationRegions: ['eu-west-2'], sourceUrl: 'https://example.com/card', asOf: '2026-11-01' };
  const model = ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [{ ...row, geography: Geography.of('uk') }] });
  for (const region of ['eu-west-2', undefined]) {
    const [eu, uk] = [Geography.EU, Geography.of('uk')].map((geography) => generatedName(stackIn(region), 'eu-west-2', InferenceRouting.geo(geography), model));
    expect(eu).not.toBe(uk);
  }
  const us = InferenceRouting.geo(Geography.US);
  expect(generatedName(stackIn(), 'us-east-1', us, model)).toBe(generatedName(stackIn('us-east-1'), 'us-east-1', us, model));
});

test('another model or description is another name', () => {
  const { name, sourceUrl, asOf, geoRoutes } = ModelCard.CLAUDE_HAIKU_4_5;
  const model = ModelCard.of({ name, modelId: 'anthropic.other-v1:0', sourceUrl, asOf, geoRoutes });
  const names = [stackIn(), stackIn('eu-west-2')].flatMap((stack, i) => [
    generatedName(stack, 'eu-west-2', undefined, i ? model : undefined), generatedName(stackIn(), 'eu-west-2', undefined, undefined, `${i}`),
  ]);
  expect(new Set(names).size).toBe(4);
});

test('a generated name of a deep path keeps to 64 characters', () => {
  let scope: Stack | CrossRegionInferenceProfile = stackIn('eu-west-2');
  const stack = scope;
  for (let depth = 0; depth < 5; depth++) scope = new CrossRegionInferenceProfile(scope, `AVeryLongConstructId${depth}`);
  new ApplicationInferenceProfile(scope, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') });
  const generated = properties(stack, 'eu-west-2').InferenceProfileName as string;
  expect(generated.length).toBeLessThanOrEqual(64);
  expect(generated).toMatch(/^([0-9a-zA-Z][ _-]?)+$/);
});

test('an existing profile is granted by its ARN', () => {
  const stack = stackIn('eu-west-2');
  const arn = `arn:aws:bedrock:eu-west-2:${ACCOUNT}:application-inference-profile/abc123`;
  const team = ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'Team', {
    inferenceProfileArn: arn, copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku'),
  });
  team.grants.invoke(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  expect([team.modelId, team.modelArn, stack.resolve(team.inferenceProfileId), team.sourceRegion, team.env.account])
    .toEqual([arn, arn, 'abc123', 'eu-west-2', ACCOUNT]);
  const [profile, models] = statementsOf(stack, { region: 'eu-west-2' });
  expect(profile).toEqual({ Effect: 'Allow', Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:GetInferenceProfile'], Resource: [arn] });
  expect(models.Condition).toEqual({
    StringEquals: { 'bedrock:InferenceProfileArn': [arn, `arn:aws:bedrock:eu-west-2:${ACCOUNT}:inference-profile/eu.${MODEL_ID}`] },
  });
});

const IMPORTED = `arn:aws:bedrock:eu-west-2:${ACCOUNT}:application-inference-profile/abc123`;

test('an ARN and the profile that it copies are as good as the attributes', () => {
  const templates = [
    (stack: Stack, copyFrom: CrossRegionInferenceProfile) => ApplicationInferenceProfile.fromApplicationInferenceProfileArn(stack, 'Team', IMPORTED, copyFrom),
    (stack: Stack, copyFrom: CrossRegionInferenceProfile) =>
      ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'Team', { inferenceProfileArn: IMPORTED, copyFrom }),
  ].map((make) => {
    const stack = stackIn('eu-west-2');
    make(stack, new CrossRegionInferenceProfile(stack, 'Haiku')).grants.invoke(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    return Template.fromStack(stack).toJSON() as object;
  });
  expect(templates[0]).toEqual(templates[1]);
  expect(JSON.stringify(templates[0])).toContain(IMPORTED);
});

test.each<[string, InferenceOption, InferenceRouting | undefined]>([
  ['geo', InferenceOption.GEO, undefined], ['global', InferenceOption.GLOBAL, InferenceRouting.globalCrossRegion()],
])('a profile, made here or elsewhere, shows the %s one that it copies', (_, option, routing) => {
  const stack = stackIn('eu-west-2');
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku', { routing });
  const made = new ApplicationInferenceProfile(stack, 'Made', { copyFrom });
  const imported = ApplicationInferenceProfile.fromApplicationInferenceProfileArn(stack, 'Imported', IMPORTED, copyFrom);
  for (const profile of [made, imported]) {
    expect(profile.copyFrom).toBe(copyFrom);
    expect(profile.inferenceOption).toBe(option);
    expect(profile._systemDefinedProfileId).toBe(copyFrom.inferenceProfileId);
  }
});

test('CDK takes a profile for a reference to one', () => {
  const stack = stackIn('eu-west-2');
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
  // The compiler checks it, at the floor and at the newest CDK, which has the interface in another place.
  const references: IApplicationInferenceProfileRef[] = [
    new ApplicationInferenceProfile(stack, 'Made', { copyFrom }),
    ApplicationInferenceProfile.fromApplicationInferenceProfileArn(stack, 'Imported', IMPORTED, copyFrom),
  ];
  expect(stack.resolve(references.map(({ applicationInferenceProfileRef }) => applicationInferenceProfileRef))).toEqual([
    { inferenceProfileIdentifier: { 'Fn::GetAtt': [expect.stringMatching(/^Made/), 'InferenceProfileArn'] } },
    { inferenceProfileIdentifier: IMPORTED },
  ]);
});
