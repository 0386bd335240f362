import { barriers, Call, document, Statement, withRule } from './organizations';

const US = { from: 'us-east-1', geo: 'us' };
const EU = { from: 'eu-west-1', geo: 'eu' };
const GLOBAL = { from: 'us-east-1' };
const ROLE = { principal: 'arn:aws:iam::111122223333:role/app' };
const deny = (more: Statement = {}): Statement => ({ Sid: 'S', Effect: 'Deny', Action: 'bedrock:*', Resource: '*', ...more });
const inRegions = (regions: unknown, operator = 'StringNotEquals') => ({ Condition: { [operator]: { 'aws:RequestedRegion': regions } } });
const MODELS = 'arn:aws:bedrock:*::foundation-model/*';
/** The landing zone's and the organizational unit's, both without a word about Bedrock. */
const controlTower = (regions: string[], notAction: string[] = []) => deny({
  Sid: 'GRREGIONDENY',
  Action: undefined,
  NotAction: [...notAction, 'iam:*', 'kms:*', 'sts:*'],
  Condition: { StringNotEquals: { 'aws:RequestedRegion': regions }, ArnNotLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:role/AWSControlTowerExecution'] } },
});

test.each<[string, Statement, Call, string[]]>([
  ['a landing zone that governs some destinations', controlTower(['us-east-1', 'us-east-2']), { ...US, ...ROLE }, ['us-west-2: OU/rule/GRREGIONDENY']],
  ['a landing zone, whoever calls', controlTower(['us-east-1', 'us-east-2']), US, ['us-west-2: aws:PrincipalARN? OU/rule/GRREGIONDENY']],
  ['a landing zone, its own role', controlTower(['us-east-1']), { ...US, principal: 'arn:aws:iam::111122223333:role/AWSControlTowerExecution' }, []],
  ['a landing zone that governs all destinations', controlTower(['us-east-1', 'us-east-2', 'us-west-2']), US, []],
  ['a landing zone and a global call', controlTower(['us-east-1']), { ...GLOBAL, ...ROLE }, ['unspecified: OU/rule/GRREGIONDENY']],
  ['a landing zone that spares the calls', controlTower(['us-east-1'], ['bedrock:InvokeModel*']), US, []],
  ['a landing zone that spares the plain call', controlTower(['us-east-1'], ['bedrock:InvokeModel']), { ...US, ...ROLE, kind: 'stream' }, ['us-east-2: OU/rule/GRREGIONDENY', 'us-west-2: OU/rule/GRREGIONDENY']],
  ['a landing zone that spares the calls, and a batch job', controlTower(['us-east-1'], ['bedrock:InvokeModel*']), { ...US, ...ROLE, kind: 'batch' }, ['us-east-2: OU/rule/GRREGIONDENY', 'us-west-2: OU/rule/GRREGIONDENY']],
  ['a prefix of another geography', deny({ Resource: MODELS, Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/eu.*' } } }), US,
    ['us-east-1: OU/rule/S', 'us-east-2: OU/rule/S', 'us-west-2: OU/rule/S']],
  ['a prefix of the own geography', deny({ Resource: MODELS, Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/us.*' } } }), US, []],
  ['the profile, of which AWS does not say whether the key is there', deny({ Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/us.*' } } }), US,
    ['profile: bedrock:InferenceProfileArn? OU/rule/S']],
  ['a profile of elsewhere, whether or not the key is there', deny({ Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/eu.*' } } }), GLOBAL,
    ['profile: OU/rule/S', 'us-east-1: OU/rule/S', 'unspecified: OU/rule/S']],
  ['a batch job has no profile', deny({ ...inRegions(['us-east-1']), Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] }, ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/us.*' } } }),
    { ...US, kind: 'batch' }, ['us-east-2: OU/rule/S', 'us-west-2: OU/rule/S']],
  ['a direct call denied', deny({ Resource: MODELS, Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } }), US, []],
  ['global as the documentation blocks it', deny({ Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' }, ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/global.*' } } }), GLOBAL,
    ['unspecified: OU/rule/S']],
  ['global by the Region-less ARN', deny({ Resource: 'arn:aws:bedrock:::foundation-model/*' }), GLOBAL, ['unspecified: OU/rule/S']],
  ['a geography by the Region-less ARN', deny({ Resource: 'arn:aws:bedrock:::foundation-model/*' }), US, []],
  ['only models are permitted', deny({ Action: 'bedrock:InvokeModel*', Resource: undefined, NotResource: MODELS }), US, ['profile: OU/rule/S']],
  ['a Region with a star in StringNotEquals', deny(inRegions('us-*')), US, ['profile: OU/rule/S', 'us-east-1: OU/rule/S', 'us-east-2: OU/rule/S', 'us-west-2: OU/rule/S']],
  ['a Region with a star in StringNotLike', deny(inRegions('us-*', 'StringNotLike')), GLOBAL, ['unspecified: OU/rule/S']],
  ['an action in other letters', deny({ Action: 'BEDROCK:invokemodel', ...inRegions('eu-south-1', 'StringEquals') }), EU, ['eu-south-1: OU/rule/S']],
  ['another action', deny({ Action: ['bedrock:Get*', 'bedrock-runtime:*', 'bedrock:InvokeAgent', 'bedrock:Converse'] }), US, []],
  ['what only a service would be', deny({ ...inRegions(['us-east-1', 'us-east-2']), Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }), US, ['us-west-2: OU/rule/S']],
  ['a call without TLS', deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), US, []],
  ['anybody else than this account', deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } } }), US, []],
  ['a key that only Amazon EC2 has, spared by a Deny', deny({ Action: '*', Condition: { StringNotEquals: { 'ec2:InstanceType': 't2.micro' } } }), GLOBAL,
    ['profile: OU/rule/S', 'us-east-1: OU/rule/S', 'unspecified: OU/rule/S']],
  ['a key of Amazon EC2 that requests of a role may have', deny({ Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*', Condition: { Null: { 'ec2:SourceInstanceArn': 'false' } } }), US,
    ['us-west-2: ec2:SourceInstanceArn? OU/rule/S']],
  ['a key that only Amazon S3 has', deny({ Action: '*', Resource: MODELS, Condition: { StringEquals: { 's3:prefix': 'a' } } }), US, []],
  ['an organization', deny({ Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }), US, ['us-west-2: aws:PrincipalOrgID? OU/rule/S']],
  ['no organization at all', deny({ Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } }), US, []],
])('%s', (_, statement, call, expected) => {
  expect(barriers(withRule(JSON.parse(JSON.stringify(statement)) as Statement), call)).toEqual(expected);
});

test.each<[string, string | undefined, string[]]>([
  ['arn:aws:iam::*:user/*', 'arn:aws:iam::111122223333:user/ci/deployer', ['S']],
  ['arn:aws:iam::*:user/*', 'arn:aws:iam::111122223333:role/app', []],
  ['arn:aws:iam::*:user/*', undefined, ['aws:PrincipalArn?']],
  ['arn:aws:iam::*:role/app', 'arn:aws:sts::111122223333:assumed-role/app/session', ['S']],
  ['arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*', 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0a1b/me', ['S']],
  ['arn:aws:iam::*:role/AWSReservedSSO_*', 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0a1b/me', []],
  ['arn:aws:iam::*:root', 'arn:aws:iam::111122223333:root', ['S']],
  ['arn:aws:sts::*:federated-user/*', 'arn:aws:sts::111122223333:federated-user/me', ['S']],
  ['arn:aws:iam::444455556666:*', undefined, []],
  // A service-linked role is not bound.
  ['arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R', []],
])('a Deny of %s, called by %s: %j', (denied, principal, expected) => {
  const rule = deny({ Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*', Condition: { ArnLike: { 'aws:PrincipalArn': denied } } });
  const by = expected.map((one) => `us-west-2: ${one.endsWith('?') ? `${one} ` : ''}OU/rule/S`);
  expect(barriers(withRule(rule), { ...US, principal })).toEqual(by);
});

test('a Deny of roles, users, federated users and root binds whoever calls', () => {
  const anyone = ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*', 'arn:aws:iam::*:root', 'arn:aws:sts::*:federated-user/*'];
  const rule = (patterns: string[]) => withRule(deny({ Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*', Condition: { ArnLike: { 'aws:PrincipalArn': patterns } } }));
  expect(barriers(rule(anyone), US)).toEqual(['us-west-2: OU/rule/S']);
  expect(barriers(rule(anyone.slice(1)), US)).toEqual(['us-west-2: aws:PrincipalArn? OU/rule/S']);
});

describe('levels', () => {
  const allow = (more: Statement = {}): Statement => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
  const at = (...levels: Statement[][]) => ({ levels: levels.map((statements, index) => ({ name: `L${index}`, policies: statements.map((one, number) => ({ name: `P${number}`, document: document(one) })) })) });

  test.each<[string, Statement[][], string[]]>([
    ['each must allow', [[allow()], [allow({ Action: 's3:*' })], [allow()]], ['profile: L1', 'us-east-1: L1', 'us-east-2: L1', 'us-west-2: L1']],
    ['policies of a level allow together', [[allow({ Action: 's3:*' }), allow({ Action: 'bedrock:*' })], [allow()]], []],
    ['one of Denies only allows nothing', [[allow()], [deny(inRegions('us-west-2', 'StringEquals'))]], ['profile: L1', 'us-east-1: L1', 'us-east-2: L1', 'us-west-2: L1/P0/S']],
    ['an Allow of NotAction', [[allow()], [allow({ Action: undefined, NotAction: ['organizations:*'] })]], []],
    ['an Allow of models only', [[allow({ Resource: MODELS })]], ['profile: L0']],
    ['an Allow by Region', [[allow(inRegions('us-*', 'StringLike'))]], []],
    ['an Allow that may be', [[allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })], [allow()]],
      ['profile', 'us-east-1', 'us-east-2', 'us-west-2'].map((place) => `${place}: aws:MultiFactorAuthPresent? L0/P0/0`)],
    ['a certain Deny before one that may be, a level above', [
      [allow(), deny({ Sid: 'May', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })], [allow(), deny({ Sid: 'Does' })],
    ], ['profile', 'us-east-1', 'us-east-2', 'us-west-2'].map((place) => `${place}: L1/P1/Does`)],
    ['a Deny before a missing Allow, a level above', [[allow({ Action: 's3:*' })], [allow(), deny(inRegions('us-west-2', 'StringEquals'))]],
      ['profile: L0', 'us-east-1: L0', 'us-east-2: L0', 'us-west-2: L1/P1/S']],
  ])('%s', (_, levels, expected) => expect(barriers(JSON.parse(JSON.stringify(at(...levels))) as object, US)).toEqual(expected));

  test('the management account is bound by none', () => {
    expect(barriers({ ...withRule(deny()), managementAccount: '111122223333' }, US)).toEqual([]);
    expect(barriers({ ...withRule(deny(inRegions('us-west-2', 'StringEquals'))), managementAccount: '444455556666' }, US)).toEqual(['us-west-2: OU/rule/S']);
  });

  test('the organization is known if the file says which', () => {
    const rule = withRule(deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }));
    expect(barriers({ ...rule, id: 'o-a1b2c3d4e5' }, US)).toEqual([]);
    expect(barriers({ ...rule, id: 'o-other' }, GLOBAL)).toEqual(['profile: OU/rule/S', 'us-east-1: OU/rule/S', 'unspecified: OU/rule/S']);
  });
});

test('a statement without a Sid is named by its place', () => {
  const { Sid: _, ...statement } = deny(inRegions('us-west-2', 'StringEquals'));
  expect(barriers(withRule([{ ...statement, Action: 's3:*' }, statement]), US)).toEqual(['us-west-2: OU/rule/1']);
  expect(barriers(withRule(statement), US)).toEqual(['us-west-2: OU/rule/0']);
  expect(barriers(withRule({ ...statement, Sid: '' }), US)).toEqual(['us-west-2: OU/rule/0']);
});

test('only a document of the newer version has variables', () => {
  const rule = deny({ Resource: MODELS, Condition: { StringNotEquals: { 'aws:RequestedRegion': '${aws:RequestedRegion}' } } });
  expect(barriers(withRule(rule), US)).toEqual([]);
  expect(barriers(withRule(rule, '2008-10-17'), US)).toEqual(['us-east-1: OU/rule/S', 'us-east-2: OU/rule/S', 'us-west-2: OU/rule/S']);
});
