import { MatrixEntry, regionMatrix } from './region-matrix';
import { ALL_REGIONS, documentedGeoRoute, GEO_ROUTES, GEOGRAPHIES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { INVOKE, INVOKE_ACTIONS, allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { AuthorizationRequest } from '../iam/policy-simulator';
import { ACCOUNT, OTHER_ACCOUNT } from '../kit/stack';

let matrix: Map<string, MatrixEntry>;
beforeAll(() => { matrix = regionMatrix(); });

const ENTRIES = [...GEO_ROUTES, ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source }))]
  .flatMap(({ prefix, source }) => [`${prefix} from ${source}`, `application profile over ${prefix} from ${source}`]);

test('the matrix has every source Region with every option, and application profiles over each', () => {
  expect(ENTRIES).toHaveLength(2 * (20 + 33));
  expect([...matrix.keys()].sort()).toEqual([...ENTRIES].sort());
});

/** What the call names, and both values that AWS may put into `bedrock:InferenceProfileArn` for it. */
function profilesOf({ call }: MatrixEntry): { named: string; keys: string[] } {
  const system = profileArn(call.sourceRegion, call.prefix);
  const named = call.applicationProfileArn ?? system;
  return { named, keys: [...new Set([named, system])] };
}

/** What the role may do although it should not. */
function allowed({ iam }: MatrixEntry, requests: AuthorizationRequest[]): AuthorizationRequest[] {
  expect(requests.length).toBeGreaterThan(0);
  return requests.filter((request) => iam.allows(request));
}

test.each(ENTRIES)('%s: every documented check is allowed, streaming too', (name) => {
  const entry = matrix.get(name)!;
  const { named, keys } = profilesOf(entry);
  for (const inferenceProfileArnKey of keys) {
    const checks = allChecksOf({ ...entry.call, inferenceProfileArnKey });
    const destinations = entry.call.prefix === 'global' ? 2 : documentedGeoRoute(entry.call.sourceRegion).destinations.length;
    expect(checks).toHaveLength(2 * (1 + destinations));
    expect(checks.filter((check) => !entry.iam.allows(check))).toEqual([]);
  }
  const context = { 'aws:RequestedRegion': entry.call.sourceRegion };
  expect(entry.iam.decide({ action: 'bedrock:GetInferenceProfile', resource: named, context }).decision).toBe('allowed');
});

test.each(ENTRIES)('%s: the model cannot be called directly, in any of 33 Regions', (name) => {
  const requests = INVOKE_ACTIONS.flatMap((action) => ['', ...ALL_REGIONS].flatMap((region) =>
    [region, matrix.get(name)!.call.sourceRegion, 'unspecified'].map((requested) =>
      ({ action, resource: modelArn(region), context: { 'aws:RequestedRegion': requested } }))));
  expect(allowed(matrix.get(name)!, requests)).toEqual([]);
});

test.each(ENTRIES)('%s: no Region outside the destinations is opened, even through the profile', (name) => {
  const entry = matrix.get(name)!;
  const { sourceRegion, prefix } = entry.call;
  const inside = prefix === 'global' ? [sourceRegion] : documentedGeoRoute(sourceRegion).destinations;
  const outside = [...ALL_REGIONS, 'eu-north-9', 'us-gov-west-1', ...prefix === 'global' ? [] : ['']].filter((region) => !inside.includes(region));
  const requests = INVOKE_ACTIONS.flatMap((action) => outside.flatMap((region) => profilesOf(entry).keys.flatMap((key) =>
    [region, sourceRegion, 'unspecified'].map((requested) =>
      ({ action, resource: modelArn(region), context: { 'aws:RequestedRegion': requested, 'bedrock:InferenceProfileArn': key } })))));
  expect(allowed(entry, requests)).toEqual([]);
});

test.each(ENTRIES)('%s: no other profile is opened, of this account or another, here or elsewhere', (name) => {
  const entry = matrix.get(name)!;
  const { named, keys } = profilesOf(entry);
  const others = ALL_REGIONS.flatMap((region) => [...GEOGRAPHIES, 'global', 'apac'].flatMap((prefix) =>
    [ACCOUNT, OTHER_ACCOUNT].map((account) => profileArn(region, prefix, account))))
    .concat(named.replace(ACCOUNT, OTHER_ACCOUNT), `arn:aws:bedrock:${entry.call.sourceRegion}:${ACCOUNT}:application-inference-profile/other`)
    .filter((arn) => arn !== named);
  const context = { 'aws:RequestedRegion': entry.call.sourceRegion };
  expect(allowed(entry, others.flatMap((resource) => [...INVOKE_ACTIONS, 'bedrock:GetInferenceProfile'].map((action) => ({ action, resource, context }))))).toEqual([]);
  const through = others.filter((arn) => !keys.includes(arn));
  expect(allowed(entry, through.map((arn) =>
    ({ action: INVOKE, resource: modelArn(entry.call.sourceRegion), context: { ...context, 'bedrock:InferenceProfileArn': arn } })))).toEqual([]);
});

test.each(ENTRIES)('%s: no other model and no other action is opened', (name) => {
  const entry = matrix.get(name)!;
  const { named, keys } = profilesOf(entry);
  const context = { 'aws:RequestedRegion': entry.call.sourceRegion, 'bedrock:InferenceProfileArn': keys[0] };
  const models = ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic.claude-haiku-4-5', 'anthropic.claude-haiku-4-5-20251001-v1:00', '*'];
  const actions = ['CountTokens', 'CreateModelInvocationJob', 'ApplyGuardrail', 'DeleteInferenceProfile', 'InvokeAgent', 'InvokeModelWithBidirectionalStream', '*'];
  expect(allowed(entry, [
    ...models.map((model) => ({ action: INVOKE, resource: modelArn(entry.call.sourceRegion, model), context })),
    ...actions.flatMap((action) => [named, modelArn(entry.call.sourceRegion), modelArn(''), '*']
      .map((resource) => ({ action: `bedrock:${action}`, resource, context }))),
    { action: 'bedrock:GetInferenceProfile', resource: modelArn(entry.call.sourceRegion), context },
    { action: 'aws-marketplace:Subscribe', resource: '*', context },
  ])).toEqual([]);
});

test.each(ENTRIES.filter((name) => name.includes('global from')))('%s: the Region of the request must be the documented one', (name) => {
  const entry = matrix.get(name)!;
  const { sourceRegion } = entry.call;
  const { named, keys } = profilesOf(entry);
  const through = { 'bedrock:InferenceProfileArn': keys[0] };
  const elsewhere = ALL_REGIONS.find((region) => region !== sourceRegion)!;
  expect(allowed(entry, INVOKE_ACTIONS.flatMap((action) => [
    ...[{}, { 'aws:RequestedRegion': elsewhere }, { 'aws:RequestedRegion': 'unspecified' }].flatMap((context) => [
      { action, resource: named, context }, { action, resource: modelArn(sourceRegion), context: { ...context, ...through } },
    ]),
    ...[{}, { 'aws:RequestedRegion': sourceRegion }].map((context) => ({ action, resource: modelArn(''), context: { ...context, ...through } })),
  ]))).toEqual([]);
});
