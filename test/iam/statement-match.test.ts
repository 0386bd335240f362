import { Text } from '../../src/iam/pattern';
import { readPolicyDocument } from '../../src/iam/policy-document';
import { contextOf, KeyState } from '../../src/iam/request';
import { matchOf } from '../../src/iam/statement-match';
import { Unknown } from '../../src/private/unknown';

const ARN = 'arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.x';
const ALLOW = { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: ARN };

interface Asked { readonly keys?: Record<string, KeyState>; readonly others?: 'absent' | 'unknown'; readonly version?: string; readonly resource?: Text }

function match(statement: object, { keys = {}, others = 'absent', version = '2012-10-17', resource = ARN }: Asked = {}) {
  const { statements, problems } = readPolicyDocument({ Version: version, Statement: { ...ALLOW, ...statement } });
  expect(problems).toEqual([]);
  return matchOf(statements[0], { action: 'bedrock:InvokeModel', resource, context: contextOf(keys, () => others) });
}

const met = (condition: object, asked: Asked) => {
  const found = match({ Condition: condition }, asked);
  return found.matches === 'unknown' ? found.unknown : found.matches;
};

test.each<[object, string]>([
  [{ Action: 'BEDROCK:invoke*' }, 'yes'],
  [{ Action: ['bedrock:Get*', '*'] }, 'yes'],
  [{ Action: 'bedrock:InvokeModelWithResponseStream' }, 'Action'],
  [{ Action: undefined, NotAction: ['Bedrock:INVOKE*'] }, 'NotAction'],
  [{ Resource: '*' }, 'yes'],
  [{ Resource: 'arn:aws:bedrock:*:*:inference-profile/EU.*' }, 'Resource'],
  [{ Resource: undefined, NotResource: ['arn:aws:bedrock:*:*:inference-profile/*'] }, 'NotResource'],
  [{ Resource: undefined, NotResource: 'arn:aws:s3:::*' }, 'yes'],
  [{ Condition: {} }, 'yes'],
])('%j: %s', (statement, expected) => {
  const written = JSON.parse(JSON.stringify(statement)) as object;
  const { Action: _, ...others } = ALLOW;
  const base = 'NotAction' in written ? others : ALLOW;
  const { Resource: __, ...without } = base;
  const found = readPolicyDocument({ Version: '2012-10-17', Statement: { ...'NotResource' in written ? without : base, ...written } });
  expect(found.problems).toEqual([]);
  const said = matchOf(found.statements[0], { action: 'bedrock:InvokeModel', resource: ARN, context: contextOf({}, () => 'absent') });
  expect(said.matches === 'no' ? said.unmet.element : said.matches).toBe(expected);
});

test('what is not met is named with what was asked', () => {
  expect(match({ Condition: { StringEquals: { 'a:B': 'x' } } }, { keys: { 'a:b': ['y'] } })).toMatchObject(
    { matches: 'no', unmet: { element: 'Condition', condition: { name: 'StringEquals', key: 'a:B', values: ['x'] } } });
});

test.each<[string, unknown, KeyState, 'yes' | 'no' | string[]]>([
  ['StringEquals', 'a', ['a'], 'yes'],
  ['StringEquals', 'a*', ['ab'], 'no'],
  ['StringEquals', 'A', ['a'], 'no'],
  ['StringEqualsIgnoreCase', 'A', ['a'], 'yes'],
  ['StringNotEqualsIgnoreCase', ['A', 'b'], ['B'], 'no'],
  ['StringLike', 'a?c*', ['abcd'], 'yes'],
  ['StringNotLike', ['eu-*', 'us-*'], ['ap-south-1'], 'yes'],
  ['NumericEquals', '10', ['10.0'], 'yes'],
  ['NumericNotEquals', 10, ['11'], 'yes'],
  ['NumericLessThan', 10, ['9'], 'yes'],
  ['NumericLessThanEquals', '10', ['10'], 'yes'],
  ['NumericGreaterThan', '3600', ['3600'], 'no'],
  ['NumericGreaterThanEquals', '3600', ['3600'], 'yes'],
  ['NumericLessThan', '10', ['many'], 'no'],
  ['DateLessThan', '2026-05-15T00:00:00Z', ['2026-05-14T23:59:59Z'], 'yes'],
  ['DateGreaterThan', '2026-05-15', ['2026-05-14T23:59:59Z'], 'no'],
  ['DateEquals', '1778803200', ['2026-05-15T00:00:00Z'], 'yes'],
  ['DateNotEquals', '2026-05-15', ['2026-05-15'], 'no'],
  ['Bool', false, ['false'], 'yes'],
  ['Bool', 'true', ['false'], 'no'],
  ['BinaryEquals', 'QmFzZTY0', ['QmFzZTY0'], 'yes'],
  ['IpAddress', '203.0.113.0/24', ['203.0.113.9'], 'yes'],
  ['NotIpAddress', ['203.0.113.0/24', '10.0.0.0/8'], ['10.1.1.1'], 'no'],
  ['ArnEquals', 'arn:aws:iam::*:role/a*', ['arn:aws:iam::111122223333:role/ab'], 'yes'],
  ['ArnNotLike', 'arn:aws:iam::*:role/a', ['arn:aws:iam::111122223333:role/p/a'], 'yes'],
  ['ArnNotEquals', 'arn:aws:iam::*:role/a', ['no ARN'], 'yes'],
  ['ArnLike', 'arn:aws:iam:*:role/a', ['arn:aws:iam::111122223333:role/a'], 'no'],
  ['Null', 'true', 'absent', 'yes'],
  ['Null', true, ['x'], 'no'],
  ['Null', ['true', 'false'], 'unknown', 'yes'],
  ['Null', 'false', 'unknown', ['k']],
  // A key that is missing.
  ['StringEquals', 'a', 'absent', 'no'],
  ['StringEqualsIfExists', 'a', 'absent', 'yes'],
  ['StringEqualsIfExists', 'a', ['b'], 'no'],
  ['StringNotEquals', 'a', 'absent', 'yes'],
  ['StringNotLikeIfExists', 'a', 'absent', 'yes'],
  ['ArnNotLike', 'arn:aws:iam::*:role/a', 'absent', 'yes'],
  ['NotIpAddress', '10.0.0.0/8', 'absent', 'yes'],
  ['NumericLessThan', '1', 'absent', 'no'],
  ['Bool', 'false', 'absent', 'no'],
  ['BoolIfExists', 'false', 'absent', 'yes'],
  ['ForAllValues:StringEquals', 'a', 'absent', 'yes'],
  ['ForAnyValue:StringEquals', 'a', 'absent', 'no'],
  ['ForAnyValue:StringNotEquals', 'a', 'absent', 'no'],
  // Several values.
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'no'],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], 'yes'],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['b', 'c'], 'yes'],
  ['ForAllValues:StringNotLike', ['a*'], ['b', 'ab'], 'no'],
  ['ForAnyValue:NumericGreaterThan', '5', ['1', '6'], 'yes'],
  ['StringEquals', 'a', ['a', 'b'], ['k']],
  // A key of which nothing is known, unless it cannot matter.
  ['StringEquals', 'a', 'unknown', ['k']],
  ['StringNotEquals', 'a', 'unknown', ['k']],
  ['StringLike', '*', 'unknown', ['k']],
  ['StringLikeIfExists', '*', 'unknown', 'yes'],
  ['StringNotLike', '*', 'unknown', ['k']],
  ['ForAnyValue:StringLike', '*', 'unknown', ['k']],
  ['ForAllValues:StringLike', '*', 'unknown', 'yes'],
  ['NumericLessThan', '1', 'unknown', ['k']],
  // One of several, and nobody knows which.
  ['ArnLike', ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:root'], { oneOf: [['arn:aws:iam::111122223333:role/a'], ['arn:aws:iam::111122223333:root']] }, 'yes'],
  ['ArnLike', 'arn:aws:iam::*:role/*', { oneOf: [['arn:aws:iam::111122223333:role/a'], ['arn:aws:iam::111122223333:root']] }, ['k']],
  ['StringLike', 'a*', [Unknown.joined(['a', Unknown.of('Name')]) as Unknown], 'yes'],
  ['StringEquals', 'ab', [Unknown.joined(['a', Unknown.of('Name')]) as Unknown], ['Name']],
  ['StringEquals', 'b', [Unknown.joined(['a', Unknown.of('Name')]) as Unknown], 'no'],
])('%s %j of %j: %j', (operator, wanted, state, said) => {
  expect(met({ [operator]: { k: wanted } }, { keys: { K: state } })).toEqual(said);
});

test('every condition must hold, and one that does not settles what is not known', () => {
  const keys = { a: ['1'], b: 'unknown' } satisfies Record<string, KeyState>;
  expect(met({ StringEquals: { a: '1', b: '2' } }, { keys })).toEqual(['b']);
  expect(met({ StringEquals: { a: '2', b: '2' } }, { keys })).toBe('no');
  expect(met({ StringEquals: { c: '2' }, StringNotEquals: { d: '3' } }, { others: 'unknown' })).toEqual(['c', 'd']);
});

test.each<[string, KeyState, 'yes' | 'no' | string[]]>([
  ['${aws:PrincipalTag/Region}', ['eu-west-1'], 'yes'],
  ['${AWS:principaltag/region}', ['eu-west-1'], 'yes'],
  ['${aws:PrincipalTag/Region}', ['eu-west-2'], 'no'],
  ['${aws:PrincipalTag/Region}', 'absent', 'no'],
  ["${aws:PrincipalTag/Region, 'eu-west-1'}", 'absent', 'yes'],
  ["${aws:PrincipalTag/Region, 'eu-west-1'}", ['eu-west-2'], 'no'],
  ["${aws:PrincipalTag/Region, 'eu-west-1'}", 'unknown', ['aws:PrincipalTag/Region']],
  ['eu-${aws:PrincipalTag/Region}', 'unknown', ['aws:PrincipalTag/Region']],
  ['us-${aws:PrincipalTag/Region}', 'unknown', 'no'],
  ['${aws:PrincipalTag/Region}', ['eu-west-1', 'eu-west-2'], 'no'],
])('the variable in %s, %j: %j', (wanted, state, said) => {
  const keys = { 'region': ['eu-west-1'], 'aws:PrincipalTag/Region': state };
  expect(met({ StringEquals: { region: wanted } }, { keys })).toEqual(said);
  // In a document of the older version it is plain text.
  expect(met({ StringEquals: { region: wanted } }, { keys, version: '2008-10-17' })).toBe('no');
});

test('a variable can stand for a wildcard as it is written', () => {
  const like = (wanted: string, value: string) => met({ StringLike: { k: wanted } }, { keys: { k: [value] } });
  expect([like('a${*}', 'a*'), like('a${*}', 'ab'), like('${?}', '?'), like('${$}{x}', '${x}')]).toEqual(['yes', 'no', 'yes', 'yes']);
});

test('a resource may hold variables after its fifth colon', () => {
  const keys = { 'aws:PrincipalTag/p': ['eu.x'] };
  const of = (Resource: string) => match({ Resource }, { keys }).matches;
  expect(of('arn:aws:bedrock:*:*:inference-profile/${aws:PrincipalTag/p}')).toBe('yes');
  expect(of('arn:aws:bedrock:*:*:inference-profile/${aws:PrincipalTag/q}')).toBe('no');
  expect(of('arn:aws:bedrock:${aws:RequestedRegion}:*:inference-profile/eu.x')).toBe('no');
});

test('a template may leave any text open, and a whole condition', () => {
  const unknown = Unknown.of('Param');
  expect(match({ Resource: unknown })).toEqual({ matches: 'unknown', unknown: ['Param'] });
  expect(match({ Action: [unknown] })).toEqual({ matches: 'unknown', unknown: ['Param'] });
  expect(match({ Condition: unknown })).toEqual({ matches: 'unknown', unknown: ['Param'] });
  expect(match({ Condition: { StringEquals: unknown } })).toEqual({ matches: 'unknown', unknown: ['Param'] });
  expect(match({ Resource: unknown, Action: 's3:*' }).matches).toBe('no');
  expect(match({ Resource: '*' }, { resource: unknown }).matches).toBe('yes');
});
