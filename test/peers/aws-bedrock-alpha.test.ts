import { Aws, Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { applicationProfileArn, grantedRole } from './granted-role';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from '../../src';
import { decide } from '../../src/routing/decision';
import { readProfileId } from '../../src/routing/profile-id';
import { ALL_REGIONS, documentedGeoRoute, MODEL_ID } from '../fixtures/documented-regions';
import { INVOKE_ACTIONS, STREAM, allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { stackIn } from '../kit/stack';
import { said } from '../wording/said';

const haiku = (stack: ReturnType<typeof stackIn>) => new CrossRegionInferenceProfile(stack, 'Haiku');

test('aws-bedrock-alpha grantProfileUsage denies every destination foundation model: ours allows 7/7 from eu-west-2', () => {
  const { iam } = grantedRole('eu-west-2', haiku);
  const { destinations } = documentedGeoRoute('eu-west-2');
  const context = { 'bedrock:InferenceProfileArn': profileArn('eu-west-2', 'eu') };
  expect(destinations).toHaveLength(7);
  for (const action of INVOKE_ACTIONS) {
    expect(destinations.filter((region) => iam.allows({ action, resource: modelArn(region), context }))).toEqual(destinations);
  }
});

test.each([['us-east-1', 'us', 8], ['eu-west-2', 'eu', 16]])(
  'aws-bedrock-alpha grantProfileUsage denies 6 of 8 and 14 of 16 calls: from %s (%s) ours allows %i', (sourceRegion, prefix, count) => {
    const { iam } = grantedRole(sourceRegion, haiku);
    const checks = allChecksOf({ sourceRegion, prefix });
    expect(checks).toHaveLength(count);
    expect(checks.filter((check) => iam.allows(check))).toHaveLength(count);
  });

test('aws-bedrock-alpha grantInvoke opens the model directly in 33/33 Regions: ours in none', () => {
  const { iam } = grantedRole('eu-west-2', haiku);
  const direct = ALL_REGIONS.flatMap((region) => INVOKE_ACTIONS.map((action) =>
    ({ action, resource: modelArn(region), context: { 'aws:RequestedRegion': region } })));
  expect(direct).toHaveLength(66);
  expect(direct.filter((request) => iam.allows(request))).toEqual([]);
});

test('an EU grant of aws-bedrock-alpha grantInvoke allows us-east-1: ours does not, even through the profile', () => {
  const { iam } = grantedRole('eu-west-2', haiku);
  for (const context of [{}, { 'bedrock:InferenceProfileArn': profileArn('eu-west-2', 'eu') }]) {
    expect(iam.decide({ action: INVOKE_ACTIONS[0], resource: modelArn('us-east-1'), context }).decision).toBe('denied');
  }
});

test.each<[string, string, Parameters<typeof said>[0]]>([
  ['us. in eu-west-2', `us.${MODEL_ID}`, 'SOURCE_REGION_OUTSIDE_GEOGRAPHY'],
  ['apac.', `apac.${MODEL_ID}`, 'GEOGRAPHY_NOT_PUBLISHED'],
  ['mars.', `mars.${MODEL_ID}`, 'GEOGRAPHY_NOT_PUBLISHED'],
  ['eu.eu.', `eu.eu.${MODEL_ID}`, 'NOT_AN_INFERENCE_PROFILE_ID'],
  ['a typo in the model ID', 'eu.anthropic.claude-hiaku-4-5-20251001-v1:0', 'NOT_AN_INFERENCE_PROFILE_ID'],
])('aws-bedrock-alpha synthesises %s without an error: ours throws in new, in app.synth() and in Template.fromStack', (_, id, code) => {
  const reading = readProfileId(ModelCard.CLAUDE_HAIKU_4_5, id, 'eu-west-2');
  const message = said(code, 'routing' in reading ? decide(ModelCard.CLAUDE_HAIKU_4_5, reading.routing, 'eu-west-2') : reading);
  const make = (stack = stackIn('eu-west-2')) => {
    CrossRegionInferenceProfile.fromInferenceProfileId(stack, 'Haiku', id);
    return stack;
  };
  expect(() => make()).toThrow(new Error(message));
  expect(() => (make().node.root as ReturnType<typeof appOf>).synth()).toThrow(new Error(message));
  expect(() => Template.fromStack(make())).toThrow(new Error(message));
});

test('aws-bedrock-alpha takes a token as geography: ours refuses it, as a geography and as an ID', () => {
  const token = Fn.importValue('Geography');
  expect(() => Geography.of(token)).toThrow(/^Geography prefix is an unresolved token, got "\$\{Token\[TOKEN\.\d+\]\}"; expected a literal such as "eu"\. /);
  expect(() => InferenceRouting.geo(token as unknown as Geography)).toThrow(/^Geography is not a Geography, got "\$\{Token/);
  expect(() => CrossRegionInferenceProfile.fromInferenceProfileId(stackIn('eu-west-2'), 'Haiku', `${Aws.REGION}.${MODEL_ID}`))
    .toThrow(/^Inference profile ID is an unresolved token, and it decides where data may go, got /);
});

test('aws-bedrock-alpha application profile: streaming is denied on the profile ARN, ours allows it', () => {
  const { iam } = grantedRole('eu-west-2', (stack) => new ApplicationInferenceProfile(stack, 'Team', { copyFrom: haiku(stack) }));
  expect(iam.decide({ action: STREAM, resource: applicationProfileArn('eu-west-2') }).decision).toBe('allowed');
  const checks = allChecksOf({ sourceRegion: 'eu-west-2', prefix: 'eu', applicationProfileArn: applicationProfileArn('eu-west-2') });
  expect(checks).toHaveLength(16);
  expect(checks.filter((check) => !iam.allows(check))).toEqual([]);
});

test('the documented policy scores 16/16, 0 direct, 0 outside, in 1,091 bytes: ours the same in at most a tenth more', () => {
  const { policies, iam } = grantedRole('eu-west-2', haiku);
  expect(allChecksOf({ sourceRegion: 'eu-west-2', prefix: 'eu' }).filter((check) => iam.allows(check))).toHaveLength(16);
  const context = { 'bedrock:InferenceProfileArn': profileArn('eu-west-2', 'eu') };
  const { destinations } = documentedGeoRoute('eu-west-2');
  const outside = ALL_REGIONS.filter((region) => !destinations.includes(region));
  expect(outside.filter((region) => iam.allows({ action: STREAM, resource: modelArn(region), context }))).toEqual([]);
  expect(ALL_REGIONS.filter((region) => iam.allows({ action: STREAM, resource: modelArn(region) }))).toEqual([]);
  expect(policies).toHaveLength(1);
  expect(Buffer.byteLength(JSON.stringify(policies[0]))).toBeLessThanOrEqual(1_091 * 1.1);
});

function appOf() {
  return stackIn('eu-west-2').node.root as import('aws-cdk-lib').App;
}
