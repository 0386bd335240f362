import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { endpointStatements } from '../../src/policy/endpoint-statements';
import { routeStatements } from '../../src/policy/route-statements';
import { scpStatements } from '../../src/policy/scp-statements';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const geo = InferenceRouter.route(card, InferenceRouting.geo(Geography.AU), 'ap-southeast-6').route!;
const global = InferenceRouter.route(card, InferenceRouting.global(), 'us-west-1').route!;

test('for a geography every destination passes, and global inference is denied', () => {
  expect(scpStatements(geo, card.modelId)).toEqual([
    {
      Sid: 'DenyModelInOtherRegions',
      Effect: 'Deny',
      Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
      Resource: [
        'arn:aws:bedrock:*::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0',
        'arn:aws:bedrock:*:*:inference-profile/*.anthropic.claude-haiku-4-5-20251001-v1:0',
      ],
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['ap-southeast-6', 'ap-southeast-2', 'ap-southeast-4'] } },
    },
    {
      Sid: 'DenyGlobalInference',
      Effect: 'Deny',
      Action: ['bedrock:*'],
      Resource: ['*'],
      Condition: {
        StringEquals: { 'aws:RequestedRegion': 'unspecified' },
        ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/global.*' },
      },
    },
  ]);
});

test('for global inference the Region that IAM calls unspecified passes', () => {
  expect(scpStatements(global, card.modelId).map(({ Condition }) => Condition)).toEqual([
    { StringNotEquals: { 'aws:RequestedRegion': ['us-west-1', 'unspecified'] } },
  ]);
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
