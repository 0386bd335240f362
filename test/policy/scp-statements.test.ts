import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { endpointStatements } from '../../src/policy/endpoint-statements';
import { routeStatements } from '../../src/policy/invoke-statements';
import { inRegionScpStatements, scpStatements } from '../../src/policy/scp-statements';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const geo = InferenceRouter.route({ model: card, routing: InferenceRouting.geo(Geography.AU), sourceRegion: 'ap-southeast-6' }).route!;
const global = InferenceRouter.route({ model: card, routing: InferenceRouting.globalCrossRegion(), sourceRegion: 'us-west-1' }).route!;

const INVOKE_AND_BATCH = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:CreateModelInvocationJob'];
const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';

test('for a geography every destination passes; other Regions and other profiles do not', () => {
  const regions = { 'aws:RequestedRegion': ['ap-southeast-6', 'ap-southeast-2', 'ap-southeast-4'] };
  expect(scpStatements(geo)).toEqual([
    {
      Sid: 'DenyModelInOtherRegions',
      Effect: 'Deny',
      Action: INVOKE_AND_BATCH,
      Resource: [`arn:aws:bedrock:*::foundation-model/${MODEL}`, `arn:aws:bedrock:*:*:inference-profile/*.${MODEL}`],
      Condition: { StringNotEquals: regions },
    },
    {
      Sid: 'DenyOtherInferenceProfiles',
      Effect: 'Deny',
      Action: INVOKE_AND_BATCH,
      Resource: ['us', 'eu', 'jp', 'in', 'global'].map((prefix) => `arn:aws:bedrock:*:*:inference-profile/${prefix}.${MODEL}`),
    },
    {
      Sid: 'DenyModelOnMantle',
      Effect: 'Deny',
      Action: ['bedrock-mantle:CreateInference'],
      Resource: ['*'],
      Condition: { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5' } },
    },
  ]);
});

test('for global inference the Region that IAM calls unspecified passes', () => {
  const regions = { StringNotEquals: { 'aws:RequestedRegion': ['us-west-1', 'unspecified'] } };
  expect(scpStatements(global).map(({ Condition }) => Condition)).toEqual([
    regions, undefined, { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5' } },
  ]);
});

test('in one Region bedrock-runtime is denied everywhere, and bedrock-mantle everywhere else', () => {
  expect(inRegionScpStatements(card, 'eu-west-1', 'bedrock-mantle')).toEqual([
    {
      Sid: 'DenyModelOnRuntime',
      Effect: 'Deny',
      Action: INVOKE_AND_BATCH,
      Resource: [`arn:aws:bedrock:*::foundation-model/${MODEL}`, `arn:aws:bedrock:*:*:inference-profile/*.${MODEL}`],
    },
    {
      Sid: 'DenyModelOnMantleInOtherRegions',
      Effect: 'Deny',
      Action: ['bedrock-mantle:CreateInference'],
      Resource: ['*'],
      Condition: { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5' }, StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
    },
  ]);
});

test('in one Region on bedrock-runtime every profile is denied, the model everywhere else, and bedrock-mantle everywhere', () => {
  const model = 'anthropic.claude-sonnet-5';
  expect(inRegionScpStatements(ModelCard.CLAUDE_SONNET_5, 'eu-west-2', 'bedrock-runtime')).toEqual([
    {
      Sid: 'DenyModelInOtherRegions',
      Effect: 'Deny',
      Action: INVOKE_AND_BATCH,
      Resource: [`arn:aws:bedrock:*::foundation-model/${model}`, `arn:aws:bedrock:*:*:inference-profile/*.${model}`],
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-2'] } },
    },
    { Sid: 'DenyOtherInferenceProfiles', Effect: 'Deny', Action: INVOKE_AND_BATCH, Resource: [`arn:aws:bedrock:*:*:inference-profile/*.${model}`] },
    {
      Sid: 'DenyModelOnMantle',
      Effect: 'Deny',
      Action: ['bedrock-mantle:CreateInference'],
      Resource: ['*'],
      Condition: { StringEquals: { 'bedrock-mantle:Model': model } },
    },
  ]);
});

test('a card without other profiles and without bedrock-mantle needs one statement', () => {
  const { modelId, geoRoutes, name, sourceUrl, asOf } = card._toProps();
  const own = ModelCard.of({ modelId, name, sourceUrl, asOf, geoRoutes: geoRoutes!.filter(({ geography }) => geography === Geography.IN) });
  const route = InferenceRouter.route({ model: own, routing: InferenceRouting.sourceGeography(), sourceRegion: 'ap-south-1' }).route!;
  expect(scpStatements(route).map(({ Sid }) => Sid)).toEqual(['DenyModelInOtherRegions']);
});

test('a card of another partition is denied there', () => {
  const { geoRoutes: _, globalSources, ...props } = card._toProps();
  const own = ModelCard.of({ ...props, globalSources: { ...globalSources!, regions: ['us-isob-east-1'] } });
  const { route } = InferenceRouter.route({ model: own, routing: InferenceRouting.globalCrossRegion(), sourceRegion: 'us-isob-east-1' });
  expect(route!.foundationModelArns).toEqual([`arn:aws-iso-b:bedrock:us-isob-east-1::foundation-model/${MODEL}`, `arn:aws-iso-b:bedrock:::foundation-model/${MODEL}`]);
  expect(scpStatements(route!)[0].Resource).toEqual([`arn:aws-iso-b:bedrock:*::foundation-model/${MODEL}`, `arn:aws-iso-b:bedrock:*:*:inference-profile/*.${MODEL}`]);
});

test('the policy of a VPC endpoint lets the same calls through as the identity policy, for anyone', () => {
  for (const route of [geo, global]) {
    const identity = routeStatements(route, '111122223333');
    expect(endpointStatements(identity)).toEqual(identity.map((statement) => ({ ...statement, Principal: '*' })));
  }
});

test('the identity policy of a route is that of the construct', () => {
  expect(routeStatements(geo, '111122223333').map(({ Resource }) => Resource)).toEqual([
    ['arn:aws:bedrock:ap-southeast-6:111122223333:inference-profile/au.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${card.modelId}`),
  ]);
  expect(routeStatements(global, '111122223333').map(({ Condition }) => Condition?.StringEquals['aws:RequestedRegion'])).toEqual([
    'us-west-1', 'us-west-1', 'unspecified',
  ]);
});
