// Every rule is judged for every documented route: what its name says is denied, and all else passes.
import { callOf, CARD, judgeOfRule, ROUTES } from './ways';
import { Geography, ModelCard, ServiceControlRule } from '../../src';
import { ALL_REGIONS, documentedGeoRoute, MANTLE_MODEL_ID } from '../fixtures/documented-regions';
import { INVOKE_ACTIONS, modelArn, profileArn } from '../iam/inference-call';
import { AuthorizationRequest } from '../iam/policy-simulator';
import { ACCOUNT } from '../kit/stack';

const copyOf = (source: string) => `arn:aws:bedrock:${source}:${ACCOUNT}:application-inference-profile/a1b2c3`;
const SONNET = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const direct = (region: string, modelId?: string): AuthorizationRequest[] => INVOKE_ACTIONS.map((action) => ({ action, resource: modelArn(region, modelId), context: { 'aws:RequestedRegion': region } }));
const mantle = (model: string): AuthorizationRequest => ({ action: 'bedrock-mantle:CreateInference', resource: `arn:aws:bedrock-mantle:us-east-1:${ACCOUNT}:project/default`, context: { 'bedrock-mantle:Model': model, 'aws:RequestedRegion': 'us-east-1' } });
const OTHERS: AuthorizationRequest[] = ALL_REGIONS.flatMap((region) => ['s3:GetObject', 'bedrock:ListFoundationModels', 'bedrock:GetInferenceProfile', 'bedrock:CountTokens', 'iam:CreateRole']
  .map((action) => ({ action, resource: '*', context: { 'aws:RequestedRegion': region } })));

test('global inference is forbidden, for every model, and nothing else', () => {
  const passes = judgeOfRule(ServiceControlRule.forbidGlobal());
  for (const way of ROUTES) {
    expect([way, passes(...callOf(way))]).toEqual([way, way.prefix !== 'global']);
    expect([way, passes(...callOf(way, copyOf(way.source)))]).toEqual([way, way.prefix !== 'global']);
  }
  expect(passes({ action: 'bedrock:InvokeModel', resource: `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/global.${SONNET}`, context: {} })).toBe(false);
  expect(passes(...direct('us-east-1'), ...direct('eu-west-1', SONNET), mantle(MANTLE_MODEL_ID), ...OTHERS)).toBe(true);
});

test.each([['eu'], ['us'], ['au', 'jp']])('every geography but %s %s is forbidden, and global inference, by copies too', (...given) => {
  const prefixes = given.filter((prefix) => typeof prefix === 'string');
  const passes = judgeOfRule(ServiceControlRule.onlyGeographies(prefixes.map((prefix) => Geography.of(prefix))));
  for (const way of ROUTES) {
    const inside = prefixes.includes(way.prefix);
    expect([way, passes(...callOf(way))]).toEqual([way, inside]);
    // What is copied is judged by where it runs.
    expect([way, passes(...callOf(way, copyOf(way.source)))]).toEqual([way, inside]);
  }
  expect(passes(...direct('us-east-1'), ...direct('eu-west-2', SONNET), mantle(MANTLE_MODEL_ID), ...OTHERS)).toBe(true);
  const through = (prefix: string) => ({ action: 'bedrock:InvokeModel', resource: modelArn('eu-west-1', SONNET), context: { 'bedrock:InferenceProfileArn': `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/${prefix}.${SONNET}` } });
  expect([...prefixes, 'apac', 'mars'].map((prefix) => passes(through(prefix)))).toEqual([...prefixes.map(() => true), false, false]);
});

test('other models are forbidden, and this one passes in every way', () => {
  const passes = judgeOfRule(ServiceControlRule.onlyModels([CARD]));
  for (const way of ROUTES) expect(passes(...callOf(way), ...callOf(way, copyOf(way.source)))).toBe(true);
  expect(passes(...direct('us-east-1'), mantle(MANTLE_MODEL_ID), ...OTHERS)).toBe(true);
  expect(passes({ action: 'bedrock:CreateModelInvocationJob', resource: `arn:aws:bedrock:us-east-1:${ACCOUNT}:model-invocation-job/*` })).toBe(true);
  for (const action of [...INVOKE_ACTIONS, 'bedrock:CreateModelInvocationJob']) {
    for (const resource of [modelArn('us-east-1', SONNET), modelArn('', SONNET), profileArn('us-east-1', 'us').replace(/us\..*/, `us.${SONNET}`), `arn:aws:bedrock:us-east-1:${ACCOUNT}:imported-model/x`]) {
      expect([action, resource, passes({ action, resource })]).toEqual([action, resource, false]);
    }
  }
  expect(passes(mantle('anthropic.claude-sonnet-4-5'))).toBe(false);
});

test('a model without a name on bedrock-mantle is called there by no other', () => {
  const { mantleModelId: _, inRegionOnMantle: __, ...props } = CARD._toProps();
  expect(judgeOfRule(ServiceControlRule.onlyModels([ModelCard.of(props)]))(mantle(MANTLE_MODEL_ID))).toBe(false);
});

test('calls without a profile are forbidden', () => {
  const passes = judgeOfRule(ServiceControlRule.onlyThroughProfiles());
  for (const way of ROUTES) expect(passes(...callOf(way), ...callOf(way, copyOf(way.source)))).toBe(true);
  for (const region of ALL_REGIONS) expect(passes(...direct(region))).toBe(false);
  expect(passes(mantle(MANTLE_MODEL_ID), ...OTHERS, { action: 'bedrock:CreateModelInvocationJob', resource: modelArn('us-east-1') })).toBe(true);
});

test('API keys are forbidden, all of them or the long-term ones', () => {
  const calls = ['bedrock', 'bedrock-mantle'].flatMap((service) => ['SHORT_TERM', 'LONG_TERM'].map((type) => (
    { action: `${service}:CallWithBearerToken`, resource: '*', context: { [`${service}:BearerTokenType`]: type } })));
  const making = (service: string) => ({ action: 'iam:CreateServiceSpecificCredential', resource: `arn:aws:iam::${ACCOUNT}:user/u`, context: { 'iam:ServiceSpecificCredentialServiceName': service } });
  const [any, long] = [ServiceControlRule.forbidApiKeys(), ServiceControlRule.forbidLongTermApiKeys()].map(judgeOfRule);
  expect(calls.map((call) => any(call))).toEqual([false, false, false, false]);
  expect(calls.map((call) => long(call))).toEqual([true, false, true, false]);
  for (const passes of [any, long]) {
    expect([passes(making('bedrock.amazonaws.com')), passes(making('codecommit.amazonaws.com'))]).toEqual([false, true]);
    for (const way of ROUTES) expect(passes(...callOf(way))).toBe(true);
  }
});

test('calls without the guardrail are forbidden', () => {
  const arn = `arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/a1b2`;
  const call = (identifier?: string) => ({ action: 'bedrock:InvokeModel', resource: modelArn('us-east-1'), context: { 'bedrock:GuardrailIdentifier': identifier } });
  const identifiers = [arn, `${arn}:1`, `${arn}:2`, `${arn}c:1`, undefined];
  const allowed = (version?: string) => {
    const judge = judgeOfRule(ServiceControlRule.requireGuardrail(arn, version));
    return identifiers.filter((identifier) => judge(call(identifier)));
  };
  expect([allowed(), allowed('1'), allowed('DRAFT')]).toEqual([[arn, `${arn}:1`, `${arn}:2`], [`${arn}:1`], [arn]]);
  const passes = judgeOfRule(ServiceControlRule.requireGuardrail(arn));
  for (const { prefix, source } of ROUTES) expect(passes({ action: 'bedrock:InvokeModel', resource: profileArn(source, prefix) })).toBe(true);
  expect([passes(mantle(MANTLE_MODEL_ID)), passes(...OTHERS)]).toEqual([false, true]);
});

test('one route alone passes, and other models in every way', () => {
  const passes = judgeOfRule(ServiceControlRule.onlyRoute({ model: CARD, sourceRegion: 'eu-west-2' }));
  const { destinations } = documentedGeoRoute('eu-west-2');
  for (const way of ROUTES) {
    const within = way.prefix === 'eu' && [...destinations, 'eu-west-2'].includes(way.source) && documentedGeoRoute(way.source).destinations.every((region) => destinations.includes(region));
    if (way.source === 'eu-west-2' || way.prefix !== 'eu') expect([way, passes(...callOf(way))]).toEqual([way, within]);
  }
  expect(passes(...direct('us-east-1', SONNET), ...OTHERS)).toBe(true);
});
