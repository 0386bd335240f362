import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Arn, ArnFormat, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, InferenceRouting } from '../../src';
import { documentedGeoRoute, GEO_ROUTES, GEOGRAPHIES, GLOBAL_SOURCES, MODEL_ID } from '../fixtures/documented-regions';
import { statementsOf } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

function granted(routing?: InferenceRouting, region?: string): Stack {
  const stack = stackIn(region);
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  new CrossRegionInferenceProfile(stack, 'Haiku', { routing }).grants.invoke(role);
  return stack;
}

/** The rows of the mapping for these source Regions, written from the independent copy. */
function geoRows(sources: string[]): Record<string, unknown> {
  return Object.fromEntries(sources.map((source) => {
    const { prefix, destinations } = documentedGeoRoute(source);
    return [source, {
      inferenceProfileId: `${prefix}.${MODEL_ID}`,
      destinationRegions: [...destinations].sort(),
      foundationModelArns: [...destinations].sort().map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL_ID}`),
    }];
  }));
}

function geoPolicy(region: string): unknown[] {
  const { prefix, destinations } = documentedGeoRoute(region);
  const profile = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${prefix}.${MODEL_ID}`;
  return [
    { Effect: 'Allow', Action: [...INVOKE, 'bedrock:GetInferenceProfile'], Resource: [profile] },
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: [...destinations].sort().map((destination) => `arn:aws:bedrock:${destination}::foundation-model/${MODEL_ID}`),
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
    },
  ];
}

function globalPolicy(region: string): unknown[] {
  const profile = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/global.${MODEL_ID}`;
  const through = { 'bedrock:InferenceProfileArn': profile };
  const from = { 'aws:RequestedRegion': region };
  return [
    { Effect: 'Allow', Action: [...INVOKE, 'bedrock:GetInferenceProfile'], Resource: [profile], Condition: { StringEquals: from } },
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: [`arn:aws:bedrock:${region}::foundation-model/${MODEL_ID}`],
      Condition: { StringEquals: { ...from, ...through } },
    },
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: [`arn:aws:bedrock:::foundation-model/${MODEL_ID}`],
      Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified', ...through } },
    },
  ];
}

const agnostic = {
  default: granted(),
  global: granted(InferenceRouting.globalCrossRegion()),
  ...Object.fromEntries(GEOGRAPHIES.map((prefix) => [prefix, granted(InferenceRouting.geo(Geography.of(prefix)))])),
} as Record<string, Stack>;

test('the tables hold 20 geo and 33 global sources', () => {
  expect([GEO_ROUTES.length, GLOBAL_SOURCES.length]).toEqual([20, 33]);
});

test.each(GEO_ROUTES)('from $source the policy is the documented one: concrete, default and Geo $prefix', ({ prefix, source: region }) => {
  expect(statementsOf(granted(undefined, region), { region })).toEqual(geoPolicy(region));
  expect(statementsOf(agnostic.default, { region })).toEqual(geoPolicy(region));
  expect(statementsOf(agnostic[prefix], { region })).toEqual(geoPolicy(region));
});

test.each(GLOBAL_SOURCES)('from %s the global policy is the documented one, concrete and environment-agnostic', (region) => {
  expect(statementsOf(granted(InferenceRouting.globalCrossRegion(), region), { region })).toEqual(globalPolicy(region));
  expect(statementsOf(agnostic.global, { region })).toEqual(globalPolicy(region));
});

test.each(['default', 'global', ...GEOGRAPHIES])('%s: a Region that is not documented has no row, so its deployment fails', (table) => {
  expect(thrown(() => statementsOf(agnostic[table], { region: 'eu-north-9' }))).toMatch(/^Mappings hold no ClaudeHaiku45\w+\.eu-north-9\.inferenceProfileId$/);
});

test.each(GEOGRAPHIES)('the table and the rule of Geo %s hold its documented sources and no other', (prefix) => {
  const sources = GEO_ROUTES.filter((route) => route.prefix === prefix).map(({ source }) => source).sort();
  const id = `ClaudeHaiku45Geo${prefix[0].toUpperCase()}${prefix.slice(1)}`;
  const template = Template.fromStack(agnostic[prefix]).toJSON();
  expect(template.Mappings).toEqual({ [id]: geoRows(sources) });
  expect(template.Rules[`${id}Rule`]).toEqual({
    Assertions: [{
      Assert: { 'Fn::Contains': [sources, { Ref: 'AWS::Region' }] },
      AssertDescription: `Geo ${prefix.toUpperCase()} does not serve Claude Haiku 4.5 from this Region. Deploy to one of ${sources.join(', ')}, `
        + 'or choose InferenceRouting.globalCrossRegion(), with which data can leave its geography.',
    }],
  });
});

test('the table and the rule of the default routing hold every geo source', () => {
  const sources = GEO_ROUTES.map(({ source }) => source).sort();
  const template = Template.fromStack(agnostic.default).toJSON();
  expect(template.Mappings).toEqual({ ClaudeHaiku45SourceGeography: geoRows(sources) });
  expect(template.Rules.ClaudeHaiku45SourceGeographyRule).toEqual({
    Assertions: [{
      Assert: { 'Fn::Contains': [sources, { Ref: 'AWS::Region' }] },
      AssertDescription: `Geo of the source Region does not serve Claude Haiku 4.5 from this Region. Deploy to one of ${sources.join(', ')}, `
        + 'or choose InferenceRouting.globalCrossRegion(), with which data can leave its geography.',
    }],
  });
});

test('the table and the rule of global inference hold every global source', () => {
  const sources = [...GLOBAL_SOURCES].sort();
  const template = Template.fromStack(agnostic.global).toJSON();
  expect(template.Mappings).toEqual({
    ClaudeHaiku45Global: Object.fromEntries(sources.map((source) => [source, { inferenceProfileId: `global.${MODEL_ID}` }])),
  });
  expect(template.Rules.ClaudeHaiku45GlobalRule).toEqual({
    Assertions: [{
      Assert: { 'Fn::Contains': [sources, { Ref: 'AWS::Region' }] },
      AssertDescription: `Global does not serve Claude Haiku 4.5 from this Region. Deploy to one of ${sources.join(', ')}.`,
    }],
  });
});

test('CDK reads the parts of the ARN that users have, though grants use it as one token', () => {
  const stack = new Stack(new App(), 'Stack');
  const { inferenceProfileArn } = new CrossRegionInferenceProfile(stack, 'Haiku');
  const { region, resource, resourceName } = Arn.split(inferenceProfileArn, ArnFormat.SLASH_RESOURCE_NAME);
  expect([stack.resolve(region), resource]).toEqual([{ Ref: 'AWS::Region' }, 'inference-profile']);
  expect(stack.resolve(resourceName)).toEqual({ 'Fn::FindInMap': ['ClaudeHaiku45SourceGeography', { Ref: 'AWS::Region' }, 'inferenceProfileId'] });
});
