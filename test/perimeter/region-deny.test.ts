// A Region deny lets exactly the routes through that it is given: judged for every documented route, before and after.
import { callOf, CARD, documentsOf, judgeOf, judgeOfRule, optionsOf, ROUTES, Way } from './ways';
import { ServiceControlRule } from '../../src';
import { ALL_REGIONS } from '../fixtures/documented-regions';
import { INVOKE_ACTIONS, modelArn, profileArn } from '../iam/inference-call';
import { AuthorizationRequest } from '../iam/policy-simulator';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const BATCH = 'bedrock:CreateModelInvocationJob';
const SONNET = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const ADMIN = 'arn:aws:iam::*:role/Admin';

function landingZone(regions: string[], more: object = {}) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GRREGIONDENY',
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': regions }, ArnNotLike: { 'aws:PrincipalARN': [ADMIN] } },
        ...more,
      },
      { Sid: 'NoBuckets', Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
    ],
  };
}

/** All of it as an ordinary role of the account. */
const asRole = (checks: AuthorizationRequest[], role = 'app') => checks.map((check) => ({ ...check, context: { ...check.context, 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${role}` } }));

/** What is none of the routes' business: other models, other services, direct calls. */
const OTHERS = asRole(['', ...ALL_REGIONS].flatMap((region): AuthorizationRequest[] => {
  const context = { 'aws:RequestedRegion': region || 'unspecified' };
  const through = { ...context, 'bedrock:InferenceProfileArn': `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/eu.${SONNET}` };
  return [
    ...['s3:GetObject', 's3:DeleteBucket', 'iam:CreateRole', 'bedrock:ListFoundationModels', 'bedrock:InvokeAgent'].map((action) => ({ action, resource: '*', context })),
    ...[...INVOKE_ACTIONS, BATCH].flatMap((action) => [
      { action, resource: modelArn(region, SONNET), context },
      { action, resource: modelArn(region, SONNET), context: through },
      { action, resource: profileArn(region || 'us-east-1', 'eu').replace(/eu\..*/, `eu.${SONNET}`), context },
    ]),
    ...INVOKE_ACTIONS.map((action) => ({ action, resource: modelArn(region), context })),
  ];
}));

/** Every other route, and what the document says of it anyway. */
function expectOnly(given: Way[], documentBefore: unknown, documentsAfter: unknown[]) {
  const [before, after] = [judgeOf([documentBefore]), judgeOf(documentsAfter)];
  for (const way of ROUTES) {
    const checks = asRole(callOf(way));
    const meant = given.some(({ prefix, source }) => prefix === way.prefix && source === way.source) || before(...checks);
    expect([way, after(...checks)]).toEqual([way, meant]);
  }
  for (const check of OTHERS) expect([check, after(check)]).toEqual([check, before(check)]);
}

test.each(ROUTES)('patched for $prefix from $source it lets this route through, and nothing else that it did not before', (way) => {
  const document = landingZone(['eu-west-1', 'us-east-1']);
  const [before, after] = [judgeOf([document]), judgeOfRule(ServiceControlRule.patchedRegionDeny(JSON.stringify(document), [optionsOf(way)]))];
  for (const other of [way, ...ROUTES.filter((_, index) => index % 5 === 0)]) {
    const checks = asRole(callOf(other));
    const meant = (other.prefix === way.prefix && other.source === way.source) || before(...checks);
    expect([other, after(...checks)]).toEqual([other, meant]);
  }
  const job = `arn:aws:bedrock:${way.source}:${ACCOUNT}:model-invocation-job/*`;
  for (const resource of [modelArn(way.source), job]) expect(after(...asRole([{ action: BATCH, resource, context: { 'aws:RequestedRegion': way.source } }]))).toBe(true);
});

test('several routes are let through, every other is judged as before, and so is all that is no inference of the model', () => {
  const given = ROUTES.filter(({ prefix, source }) => prefix === 'eu' && ['eu-west-2', 'eu-central-1'].includes(source)).concat({ prefix: 'global', source: 'us-west-2' });
  const before = landingZone(['us-east-1', 'us-east-2', 'us-west-2']);
  expectOnly(given, before, documentsOf(ServiceControlRule.patchedRegionDeny(JSON.stringify(before), given.map(optionsOf))));
});

test('whom the Region deny spares is spared as before', () => {
  const before = landingZone(['eu-west-1']);
  const after = judgeOfRule(ServiceControlRule.patchedRegionDeny(JSON.stringify(before), [optionsOf({ prefix: 'eu', source: 'eu-west-1' })]));
  for (const way of ROUTES) expect(after(...asRole(callOf(way), 'Admin'))).toBe(true);
});

test('the patched document is the old one with three actions more, and two statements', () => {
  const [document] = documentsOf(ServiceControlRule.patchedRegionDeny(JSON.stringify(landingZone(['eu-west-1'], { NotAction: ['iam:*', 'BEDROCK:invokemodel'] })), [optionsOf({ prefix: 'jp', source: 'ap-northeast-1' })])) as Array<{ Statement: object[] }>;
  const profile = 'arn:aws:bedrock:ap-northeast-1:*:inference-profile/jp.anthropic.claude-haiku-4-5-20251001-v1:0';
  expect(document).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GRREGIONDENY',
        Effect: 'Deny',
        NotAction: ['iam:*', 'BEDROCK:invokemodel', INVOKE_ACTIONS[1], BATCH],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ArnNotLike: { 'aws:PrincipalARN': ADMIN } },
      },
      { Sid: 'NoBuckets', Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
      {
        // What the policy spared before stays spared.
        Sid: 'DenyInferenceOutsideRoutes',
        Effect: 'Deny',
        Action: INVOKE_ACTIONS[1],
        NotResource: profile,
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ArnNotLike: { 'aws:PrincipalARN': ADMIN, 'bedrock:InferenceProfileArn': profile } },
      },
      {
        Sid: 'DenyBatchOutsideRoutes',
        Effect: 'Deny',
        Action: BATCH,
        NotResource: [profile, modelArn('ap-northeast-1'), modelArn('ap-northeast-3'), 'arn:aws:bedrock:ap-northeast-1:*:model-invocation-job/*'],
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ArnNotLike: { 'aws:PrincipalARN': ADMIN } },
      },
    ],
  });
});

test('a policy that lets the actions through already stays as it is', () => {
  const open = landingZone(['eu-west-1'], { NotAction: ['iam:*', 'bedrock:*'] });
  const [document] = documentsOf(ServiceControlRule.patchedRegionDeny(JSON.stringify(open), [optionsOf({ prefix: 'eu', source: 'eu-west-1' })])) as Array<{ Statement: Array<{ Sid: string }> }>;
  expect(document.Statement.map(({ Sid }) => Sid)).toEqual(['GRREGIONDENY', 'NoBuckets']);
});

test('two Region denies are both patched, under Sids of their own', () => {
  const [first] = landingZone(['eu-west-1']).Statement;
  const two = { Version: '2012-10-17', Statement: [first, { ...first, Sid: 'DenyInferenceOutsideRoutes' }] };
  const way = { prefix: 'eu', source: 'eu-west-1' };
  const after = documentsOf(ServiceControlRule.patchedRegionDeny(JSON.stringify(two), [optionsOf(way)]));
  const [{ Statement }] = after as Array<{ Statement: Array<{ Sid: string }> }>;
  expect(Statement.map(({ Sid }) => Sid)).toEqual(
    ['GRREGIONDENY', 'DenyInferenceOutsideRoutes', 'DenyInferenceOutsideRoutes2', 'DenyBatchOutsideRoutes', 'DenyInferenceOutsideRoutes3', 'DenyBatchOutsideRoutes2']);
  expect(judgeOf(after)(...asRole(callOf(way)))).toBe(true);
});

test.each(ROUTES)('a fresh one for $prefix from $source lets this route through', (way) => {
  const passes = judgeOfRule(ServiceControlRule.regionDeny({ allowedRegions: ['sa-east-1'], routes: [optionsOf(way)], exemptedPrincipalArns: [ADMIN] }));
  for (const other of [way, ...ROUTES.filter((_, index) => index % 7 === 0)]) {
    const same = other.prefix === way.prefix && other.source === way.source;
    expect([other, passes(...asRole(callOf(other)))]).toEqual([other, same]);
    expect(passes(...asRole(callOf(other), 'Admin'))).toBe(true);
  }
  expect([passes(...asRole([{ action: 's3:GetObject', resource: '*', context: { 'aws:RequestedRegion': way.source } }])), passes(...asRole([{ action: 'sts:GetCallerIdentity', resource: '*', context: { 'aws:RequestedRegion': 'us-east-1' } }]))])
    .toEqual([way.source === 'sa-east-1', true]);
});

test('AWS Control Tower is told what to exempt, and the rest stands beside it', () => {
  const way = { prefix: 'eu', source: 'eu-west-2' };
  const props = { allowedRegions: ['eu-west-2'], routes: [optionsOf(way)], exemptedPrincipalArns: [ADMIN] };
  const parameters = JSON.parse(ServiceControlRule.controlTowerParameters(props)) as Array<{ key: string; value: string[] }>;
  expect(parameters).toEqual([
    { key: 'AllowedRegions', value: ['eu-west-2'] }, { key: 'ExemptedPrincipalArns', value: [ADMIN] }, { key: 'ExemptedActions', value: [...INVOKE_ACTIONS, BATCH] },
  ]);
  const control = landingZone(['eu-west-2'], { NotAction: ['iam:*', ...parameters[2].value] });
  const after = [control, ...documentsOf(ServiceControlRule.controlTowerBinding(props))];
  expectOnly([way], landingZone(['eu-west-2']), after);
  // The roles of Control Tower itself are spared by the control, and here.
  expect(judgeOfRule(ServiceControlRule.controlTowerBinding(props))(...asRole(callOf({ prefix: 'global', source: 'us-east-1' }), 'AWSControlTowerExecution'))).toBe(true);
});

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'The service control policy is not JSON: '],
  ['an unknown operator', JSON.stringify(landingZone(['a'], { Condition: { StringNotEqual: {} } })), 'The service control policy is not valid at Statement[0].Condition.StringNotEqual: got "StringNotEqual"'],
  ['no Region deny', JSON.stringify({ Version: '2012-10-17', Statement: landingZone(['a']).Statement[1] }),
    'The service control policy denies no Regions, got ["NoBuckets"]; expected a Deny of NotAction on every resource with StringNotEquals aws:RequestedRegion.'],
])('%s is refused', (_, text, said) => {
  expect(thrown(() => ServiceControlRule.patchedRegionDeny(text as string, [{ model: CARD, sourceRegion: 'eu-west-1' }]))).toContain(said);
});

test('a route that is not documented is refused, and so is none', () => {
  const patch = (routes: unknown) => thrown(() => ServiceControlRule.patchedRegionDeny(JSON.stringify(landingZone(['a'])), routes as never));
  expect(patch([{ model: CARD, sourceRegion: 'mars-east-1' }])).toContain('Source Region is not documented for Claude Haiku 4.5, got "mars-east-1"');
  expect(patch([])).toBe('routes is not a list of routes, got []; expected a list with a model and a source Region each. It cannot be left out.');
  expect(thrown(() => ServiceControlRule.regionDeny({ allowedRegions: [], routes: [optionsOf(ROUTES[0])] }))).toBe(
    'allowedRegions are empty; expected at least one Region such as "eu-west-2". Without one nothing of the organization could be used.');
});
