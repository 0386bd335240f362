import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { inRegionScpStatements, scpStatements } from '../../src/policy/scp-statements';
import { ALL_REGIONS, documentedGeoRoute, GEO_ROUTES, GLOBAL_SOURCES, MANTLE_MODEL_ID, MANTLE_REGIONS } from '../fixtures/documented-regions';
import { INVOKE_ACTIONS, InferenceCall, allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { AuthorizationRequest, PolicyDocument, PolicySimulator } from '../iam/policy-simulator';
import { ACCOUNT, OTHER_ACCOUNT } from '../kit/stack';

const CARD = ModelCard.CLAUDE_HAIKU_4_5;
const BATCH = 'bedrock:CreateModelInvocationJob';
const ROUTES = [...GEO_ROUTES, ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source }))].map(({ prefix, source }) => ({ prefix, source }));

/** The account as the service control policy leaves it: everything is allowed that it does not deny. */
function account(statements: object[]): PolicySimulator {
  const policy = { Version: '2012-10-17', Statement: [{ Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' }, ...statements] };
  return new PolicySimulator(policy as PolicyDocument);
}

function accountFor({ prefix, source }: { prefix: string; source: string }): PolicySimulator {
  const routing = prefix === 'global' ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix));
  return account(scpStatements(InferenceRouter.route({ model: CARD, routing, sourceRegion: source }).route!));
}

/** A batch job: the model and the job in the source Region, as AWS documents it, the profile that it names, then the calls of its role. */
function batchChecksOf(call: InferenceCall): Record<'create' | 'createOnProfile' | 'run', AuthorizationRequest[]> {
  const context = { 'aws:RequestedRegion': call.sourceRegion };
  const named = call.applicationProfileArn ?? profileArn(call.sourceRegion, call.prefix);
  const job = `arn:aws:bedrock:${call.sourceRegion}:${ACCOUNT}:model-invocation-job/*`;
  return {
    create: [modelArn(call.sourceRegion), job].map((resource) => ({ action: BATCH, resource, context })),
    createOnProfile: [{ action: BATCH, resource: named, context }],
    run: allChecksOf(call),
  };
}

function passes(iam: PolicySimulator, checks: AuthorizationRequest[]): boolean {
  expect(checks.length).toBeGreaterThan(0);
  return checks.every((check) => iam.allows(check));
}

/** The Regions in which a route lets the model be called. */
function opens({ prefix, source }: { prefix: string; source: string }): string[] {
  return prefix === 'global' ? [source] : [source, ...documentedGeoRoute(source).destinations];
}

/** A call passes if its destinations are among the route's, and it goes through the same profile. */
function within(call: { prefix: string; source: string }, route: { prefix: string; source: string }): boolean {
  if (call.prefix !== route.prefix) return false;
  if (route.prefix === 'global') return call.source === route.source;
  const open = documentedGeoRoute(route.source).destinations;
  return open.includes(call.source) && documentedGeoRoute(call.source).destinations.every((region) => open.includes(region));
}

test.each(ROUTES)('$prefix from $source: its calls and batch jobs pass, and of all others those that stay in its Regions through its profile', (route) => {
  const iam = accountFor(route);
  for (const other of ROUTES) {
    const call = { sourceRegion: other.source, prefix: other.prefix };
    const { create, createOnProfile, run } = batchChecksOf(call);
    const job = passes(iam, [...create, ...createOnProfile, ...run]);
    expect([other, passes(iam, allChecksOf(call)), job]).toEqual([other, within(other, route), within(other, route)]);
    if (other.prefix !== route.prefix) {
      // By the model alone the profile of a job cannot be told: what its role does then is denied. Were the profile checked, it would be too.
      expect([other, passes(iam, create)]).toEqual([other, opens(route).includes(other.source)]);
      expect([other, passes(iam, createOnProfile), passes(iam, run)]).toEqual([other, false, false]);
    }
  }
});

test.each(ROUTES)('$prefix from $source: an application profile is judged by where its calls run', (route) => {
  const iam = accountFor(route);
  for (const other of ROUTES.filter(({ source }) => source === route.source)) {
    const applicationProfileArn = `arn:aws:bedrock:${other.source}:${ACCOUNT}:application-inference-profile/a1b2c3`;
    const call = { sourceRegion: other.source, prefix: other.prefix, applicationProfileArn };
    for (const inferenceProfileArnKey of [applicationProfileArn, profileArn(other.source, other.prefix)]) {
      const { create, run } = batchChecksOf({ ...call, inferenceProfileArnKey });
      expect([other, passes(iam, run)]).toEqual([other, other.prefix === route.prefix]);
      // The ARN does not say what it copies: the job can be started, and its role's calls are denied.
      expect(passes(iam, create)).toBe(true);
    }
  }
});

test.each(ROUTES)('$prefix from $source: other models and other actions are left alone, everywhere', (route) => {
  const iam = accountFor(route);
  const sonnet = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
  const requests = ['', ...ALL_REGIONS].flatMap((region) => {
    const context = { 'aws:RequestedRegion': region || 'unspecified', 'bedrock:InferenceProfileArn': `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/global.${sonnet}` };
    const resources = [modelArn(region, sonnet), `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/global.${sonnet}`, `arn:aws:bedrock:${region}:${OTHER_ACCOUNT}:inference-profile/eu.${sonnet}`];
    return [
      ...[...INVOKE_ACTIONS, BATCH, 'bedrock:CreateInferenceProfile'].flatMap((action) => resources.map((resource) => ({ action, resource, context }))),
      ...['bedrock:GetInferenceProfile', 'bedrock:ListInferenceProfiles', 'bedrock:CountTokens', 'bedrock:CreateInferenceProfile', 's3:GetObject']
        .flatMap((action) => [modelArn(region), profileArn(region, 'global'), '*'].map((resource) => ({ action, resource, context }))),
      {
        action: 'bedrock-mantle:CreateInference',
        resource: `arn:aws:bedrock-mantle:${region}:${ACCOUNT}:project/default`,
        context: { ...context, 'bedrock-mantle:Model': 'anthropic.claude-sonnet-4-5' },
      },
    ];
  });
  expect(requests.filter((request) => !iam.allows(request))).toEqual([]);
});

function mantleCall(region: string): AuthorizationRequest {
  return {
    action: 'bedrock-mantle:CreateInference',
    resource: `arn:aws:bedrock-mantle:${region}:${ACCOUNT}:project/proj_1`,
    context: { 'aws:RequestedRegion': region, 'bedrock-mantle:Model': MANTLE_MODEL_ID },
  };
}

test.each(ROUTES)('$prefix from $source: bedrock-mantle is no way around it, in no Region', (route) => {
  const iam = accountFor(route);
  for (const region of ALL_REGIONS) expect([region, iam.allows(mantleCall(region))]).toEqual([region, false]);
});

test.each(MANTLE_REGIONS)('In-Region from %s: the model is called there on bedrock-mantle, and in no other way', (region) => {
  const iam = account(inRegionScpStatements(CARD, region, 'bedrock-mantle'));
  for (const other of ALL_REGIONS) expect([other, iam.allows(mantleCall(other))]).toEqual([other, other === region]);
  for (const { prefix, source } of ROUTES) {
    const { create, run } = batchChecksOf({ sourceRegion: source, prefix });
    expect([prefix, source, passes(iam, create), passes(iam, run)]).toEqual([prefix, source, false, false]);
  }
});

test('the largest policy is far below the 10,240 characters of one', () => {
  const sizes = ROUTES.map(({ prefix, source }) => JSON.stringify(scpStatements(InferenceRouter.route({ model: CARD, routing: prefix === 'global' ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix)), sourceRegion: source }).route!)).length);
  expect(Math.max(...sizes)).toBeLessThan(2_500);
});
