import { AuthorizationRequest, PolicySimulator, PolicyStatement } from './policy-simulator';

const REQUEST: AuthorizationRequest = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context: { 'aws:RequestedRegion': 'eu-west-2' } };
const ALLOW: PolicyStatement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/key' };

function decided(statements: Array<Partial<PolicyStatement>>, request: Partial<AuthorizationRequest> = {}) {
  return new PolicySimulator({ Statement: statements.map((statement) => ({ ...ALLOW, ...statement })) }).decide({ ...REQUEST, ...request });
}

test('nothing is allowed by default', () => {
  expect(decided([])).toEqual({ decision: 'denied', reason: 'no statement allows it' });
});

test('an Allow of the action on the resource allows it, and is named', () => {
  expect(decided([{}])).toEqual({ decision: 'allowed', reason: 'statement 0 allows it' });
  expect(decided([{ Sid: 'Read' }])).toEqual({ decision: 'allowed', reason: 'Read allows it' });
});

test('an explicit Deny wins over an Allow, in either order', () => {
  for (const statements of [[{}, { Effect: 'Deny' }], [{ Effect: 'Deny' }, {}]]) {
    expect(decided(statements).decision).toBe('denied');
    expect(decided(statements).reason).toMatch(/^statement [01] denies it$/);
  }
});

test('the reason of a denial says why each statement did not apply', () => {
  expect(decided([{ Action: 's3:PutObject' }, { Resource: 'arn:aws:s3:::other' }, { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }]).reason).toBe(
    'no statement allows it; statement 0: other actions than s3:GetObject; statement 1: other resources than arn:aws:s3:::bucket/key; '
    + 'statement 2: StringEquals aws:RequestedRegion: "us-east-1", got "eu-west-2"');
});

test.each<[Partial<PolicyStatement>, 'allowed' | 'denied']>([
  [{ Action: 's3:Get*' }, 'allowed'],
  [{ Action: 'S3:getobject' }, 'allowed'],
  [{ Action: ['s3:PutObject', '*'] }, 'allowed'],
  [{ Action: 's3:GetObjec' }, 'denied'],
  [{ Action: 's3:GetObjec?' }, 'allowed'],
  [{ Action: 's3.GetObject' }, 'denied'],
  [{ Action: undefined, NotAction: 's3:Put*' }, 'allowed'],
  [{ Action: undefined, NotAction: ['s3:Put*', 's3:Get*'] }, 'denied'],
  [{ Resource: '*' }, 'allowed'],
  [{ Resource: 'arn:aws:s3:::bucket/*' }, 'allowed'],
  [{ Resource: 'arn:aws:s3:::BUCKET/key' }, 'denied'],
  [{ Resource: 'arn:aws:s3:::bucket/ke?' }, 'allowed'],
  [{ Resource: 'arn:aws:s3:::bucket/k(ey)' }, 'denied'],
  [{ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::bucket/key'] }, 'allowed'],
])('%j: %s', (statement, expected) => {
  expect(decided([statement]).decision).toBe(expected);
});

const ARN = 'arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.x';

test.each<[string, string | string[], string | string[] | undefined, boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', ['b', 'a'], 'a', true],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', 'a', undefined, false],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', ['a', 'b'], 'c', true],
  ['StringNotEquals', 'a', undefined, true],
  ['StringLike', 'a*c', 'abbc', true],
  ['StringLike', 'a?c', 'abbc', false],
  ['StringLike', 'a', undefined, false],
  ['StringNotLike', 'a*', 'b', true],
  ['StringNotLike', 'a*', 'ab', false],
  ['ArnLike', 'arn:aws:bedrock:*:*:inference-profile/eu.*', ARN, true],
  ['ArnLike', 'arn:aws:bedrock:*:inference-profile/eu.*', ARN, false],
  ['ArnLike', 'arn:*', ARN, false],
  ['ArnEquals', 'arn:aws:bedrock:*:111122223333:inference-profile/eu.x', ARN, true],
  ['ArnEquals', ARN, undefined, false],
  ['ArnNotLike', 'arn:aws:bedrock:us-*:*:*', ARN, true],
  ['ArnNotEquals', ARN, ARN, false],
  ['ArnLike', 'arn:aws:bedrock:eu-west-2:111122223333:a:*', 'arn:aws:bedrock:eu-west-2:111122223333:a:b:c', true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'z'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['y', 'z'], false],
  ['ForAnyValue:StringEquals', 'a', undefined, false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'z'], false],
  ['ForAllValues:StringEquals', 'a', undefined, true],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'a', false],
  ['Null', 'false', 'a', true],
])('%s %j with %j: %s', (operator, wanted, given, met) => {
  const context = given === undefined ? {} : { 'some:Key': given };
  expect(decided([{ Condition: { [operator]: { 'some:key': wanted } } }], { context }).decision).toBe(met ? 'allowed' : 'denied');
});

test('every operator and every key of a condition must hold', () => {
  const context = { 'a:A': '1', 'a:B': '2' };
  expect(decided([{ Condition: { StringEquals: { 'a:A': '1', 'a:B': '2' }, StringLike: { 'a:A': '*' } } }], { context }).decision).toBe('allowed');
  expect(decided([{ Condition: { StringEquals: { 'a:A': '1', 'a:B': '3' } } }], { context }).decision).toBe('denied');
  expect(decided([{ Condition: { StringEquals: { 'a:A': '1' }, StringLike: { 'a:B': '3*' } } }], { context }).decision).toBe('denied');
});

test('a Deny whose condition does not hold denies nothing', () => {
  expect(decided([{}, { Effect: 'Deny', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }]).decision).toBe('allowed');
});

test.each<[Partial<PolicyStatement> & Record<string, unknown>, string]>([
  [{ Principal: '*' }, 'Statement elements are not simulated: Principal'],
  [{ Effect: 'allow' }, 'Effect is neither Allow nor Deny: allow'],
  [{ Action: undefined }, 'A statement has either Action or NotAction'],
  [{ NotAction: 's3:*' }, 'A statement has either Action or NotAction'],
  [{ Resource: [] }, 'Resource is not plain text: []'],
  [{ Resource: [{ Ref: 'Bucket' } as unknown as string] }, 'Resource is not plain text: [{"Ref":"Bucket"}]'],
  [{ Condition: { NumericLessThan: { 'a:A': '1' } } }, 'Condition operator is not one that this simulator knows: NumericLessThan'],
  [{ Condition: { StringEquals: { 'aws:RequestedRegion': '${aws:username}' } } }, 'Policy variables are not simulated: ${aws:username}'],
])('what cannot be judged is refused: %j', (statement, message) => {
  expect(() => decided([statement])).toThrow(new Error(message));
});

test('a key with several values needs a quantifier', () => {
  expect(() => decided([{ Condition: { StringEquals: { 'a:A': '1' } } }], { context: { 'a:A': ['1', '2'] } })).toThrow(
    new Error('A key with several values needs ForAnyValue or ForAllValues: StringEquals'));
});
