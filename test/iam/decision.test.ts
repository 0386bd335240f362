import * as fc from 'fast-check';
import { PolicySimulator, PolicyStatement } from './policy-simulator';
import { decide } from '../../src/iam/decision';
import { readPolicyDocument } from '../../src/iam/policy-document';
import { contextOf, KeyState } from '../../src/iam/request';
import '../property-seed';

const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/x';
const ALLOW: PolicyStatement = { Effect: 'Allow', Action: 'bedrock:*', Resource: '*' };
const DENY: PolicyStatement = { ...ALLOW, Effect: 'Deny' };
const MAYBE = { Condition: { StringEquals: { 'some:key': 'a' } } };
const NEVER = { Condition: { StringEquals: { 'known:key': 'other' } } };

function decided(...documents: PolicyStatement[][]) {
  const read = documents.map((Statement) => readPolicyDocument({ Version: '2012-10-17', Statement }));
  const context = contextOf({ 'known:key': ['this'] }, () => 'unknown');
  const found = decide(read, { action: 'bedrock:InvokeModel', resource: MODEL, context });
  return [found.outcome, ...'by' in found && found.by ? [found.by.document, found.by.statement.index] : []];
}

test.each<[string, PolicyStatement[][], unknown[]]>([
  ['no Allow', [[{ ...ALLOW, ...NEVER }]], ['denied']],
  ['an Allow', [[{ ...ALLOW, Action: 's3:*' }, ALLOW]], ['allowed', 0, 1]],
  ['a Deny in another document', [[ALLOW], [{ ...DENY, ...NEVER }, DENY]], ['denied', 1, 1]],
  ['a certain Deny after one that may be', [[ALLOW, { ...DENY, ...MAYBE }, DENY]], ['denied', 0, 2]],
  ['a Deny that may be', [[ALLOW, { ...DENY, ...MAYBE }]], ['unknown', 0, 1]],
  ['a Deny that may be, where nothing is allowed', [[{ ...DENY, ...MAYBE }]], ['denied']],
  ['an Allow that may be', [[{ ...ALLOW, ...MAYBE }]], ['unknown', 0, 0]],
  ['an Allow that is and one that may be', [[{ ...ALLOW, ...MAYBE }, ALLOW]], ['allowed', 0, 1]],
])('%s', (_, documents, expected) => expect(decided(...documents)).toEqual(expected));

test('what decides and is not known is named', () => {
  const read = readPolicyDocument({ Version: '2012-10-17', Statement: [ALLOW, { ...DENY, ...MAYBE }] });
  expect(decide([read], { action: 'bedrock:InvokeModel', resource: MODEL, context: contextOf({}, () => 'unknown') })).toMatchObject({ outcome: 'unknown', unknown: ['some:key'] });
});

const KEYS = ['aws:RequestedRegion', 'bedrock:InferenceProfileArn', 'aws:PrincipalArn'];
const REGIONS = ['eu-west-1', 'us-east-1', 'unspecified'];
const PROFILES = ['eu', 'global'].map((prefix) => `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/${prefix}.x`);
const WANTED = [...REGIONS, 'eu-*', '*', ...PROFILES, 'arn:aws:bedrock:*:*:inference-profile/eu.*'];
const MODELS = ['eu-west-1', ''].map((region) => `arn:aws:bedrock:${region}::foundation-model/x`);
const OPERATORS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals'];

const list = (values: string[]) => fc.subarray(values, { minLength: 1, maxLength: 3 });
const operator = fc.tuple(fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'), fc.constantFrom(...OPERATORS), fc.constantFrom('', 'IfExists')).map((parts) => parts.join(''));
const condition = fc.oneof(
  { arbitrary: fc.dictionary(operator, fc.dictionary(fc.constantFrom(...KEYS), list(WANTED), { maxKeys: 2 }), { maxKeys: 2 }), weight: 4 },
  { arbitrary: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom('true', 'false')).map((Null) => ({ Null })), weight: 1 },
);
const statement: fc.Arbitrary<PolicyStatement> = fc.tuple(
  fc.constantFrom('Allow', 'Deny'), fc.constantFrom('Action', 'NotAction'),
  list(['bedrock:Invoke*', 'BEDROCK:invokemodel', 's3:*', '*']), list(['*', 'arn:aws:bedrock:*::foundation-model/*', ...MODELS]), condition,
).map(([Effect, element, actions, Resource, Condition]) => ({ Effect, [element]: actions, Resource, Condition }));
const documents = fc.array(fc.array(statement, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 });

/** The request with each key, or without it. */
const request = fc.record({
  action: fc.constantFrom('bedrock:InvokeModel', 's3:GetObject'),
  resource: fc.constantFrom(...MODELS),
  values: fc.record(Object.fromEntries(KEYS.map((key) => [key, fc.option(fc.constantFrom(...REGIONS, ...PROFILES), { nil: undefined })]))),
});

const known = (value: string | undefined): KeyState => value === undefined ? 'absent' : [value];

test('a request of which all is known is decided as the simulator does', () => {
  fc.assert(fc.property(documents, request, (written, { action, resource, values }) => {
    const policies = written.map((Statement) => ({ Version: '2012-10-17', Statement }));
    const context = contextOf(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, known(value)])), () => 'absent');
    expect(decide(policies.map(readPolicyDocument), { action, resource, context }).outcome)
      .toBe(new PolicySimulator(...policies).decide({ action, resource, context: values }).decision);
  }), { numRuns: 2000 });
});

test('what is decided without knowing a key is what the simulator decides for each of its values', () => {
  fc.assert(fc.property(documents, request, fc.subarray(KEYS), (written, { action, resource, values }, hidden) => {
    const policies = written.map((Statement) => ({ Version: '2012-10-17', Statement }));
    const context = contextOf(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, hidden.includes(key) ? 'unknown' : known(value)])), () => 'absent');
    const { outcome } = decide(policies.map(readPolicyDocument), { action, resource, context });
    if (outcome !== 'unknown') expect(new PolicySimulator(...policies).decide({ action, resource, context: values }).decision).toBe(outcome);
  }), { numRuns: 2000 });
});
