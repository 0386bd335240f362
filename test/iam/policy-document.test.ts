import { readPolicyDocument } from '../../src/iam/policy-document';
import { Unknown } from '../../src/private/unknown';

const DENY = { Sid: 'A', Effect: 'Deny', Action: 'bedrock:*', Resource: '*' };
const without = (name: keyof typeof DENY) => Object.fromEntries(Object.entries(DENY).filter(([key]) => key !== name));
const problemsOf = (document: unknown) => readPolicyDocument(document).problems.map(({ place, text }) => `${place}: ${text}`);
const inStatement = (statement: unknown) => problemsOf({ Version: '2012-10-17', Statement: [statement] });

test('a document is read as it is written', () => {
  const { statements, problems } = readPolicyDocument({
    Version: '2012-10-17',
    Id: 'x',
    Statement: [DENY, { Effect: 'Allow', NotAction: ['s3:*'], NotResource: 'arn:aws:s3:::b', Principal: '*', Condition: { 'ForAnyValue:StringLikeIfExists': { k: [1, true, 'x'] } } }],
  });
  expect(problems).toEqual([]);
  expect(statements).toMatchObject([
    { index: 0, sid: 'A', effect: 'Deny', actions: { not: false, texts: ['bedrock:*'] }, resources: { not: false, texts: ['*'] }, conditions: [], variables: true },
    {
      index: 1,
      effect: 'Allow',
      principal: '*',
      actions: { not: true, texts: ['s3:*'] },
      resources: { not: true, texts: ['arn:aws:s3:::b'] },
      conditions: [{ name: 'ForAnyValue:StringLikeIfExists', key: 'k', values: ['1', 'true', 'x'], quantifier: 'ForAnyValue', ifExists: true }],
    },
  ]);
});

test.each([undefined, '2008-10-17'])('of version %j a document has no variables', (Version) => {
  expect(readPolicyDocument({ Version, Statement: DENY }).statements).toMatchObject([{ variables: false }]);
});

test.each<[unknown, string]>([
  ['text', ': got "text"; expected an object. Write it in braces.'],
  [{ Version: '2012-10-17', Statements: [DENY] }, 'Statements: got "Statements"; expected one of Version, Id, Statement. The nearest is "Statement".'],
  [{ Version: '2012-10-17' }, 'Statement: got nothing; expected one statement or a list of them. Without any the policy says nothing.'],
  [{ Version: '2012-10-17', Statement: [] }, 'Statement: got []; expected one statement or a list of them. Without any the policy says nothing.'],
  [{ Version: '2012-10-18', Statement: DENY }, 'Version: got "2012-10-18"; expected "2008-10-17", "2012-10-17". Write "2012-10-17".'],
  [{ Version: '2012-10-17', Statement: [DENY, DENY] }, 'Statement[1].Sid: got "A"; expected one that no other statement has. Statement[0] has it too: rename one of them.'],
])('%j', (document, problem) => expect(problemsOf(document)).toEqual([problem]));

test.each<[unknown, string]>([
  [null, 'Statement[0]: got null; expected an object. Write it in braces.'],
  [{ ...DENY, Effect: 'deny' }, 'Statement[0].Effect: got "deny"; expected "Allow" or "Deny". Write one of the two, with its capital.'],
  [{ ...DENY, Sid: 1 }, 'Statement[0].Sid: got 1; expected a text. Correct it, or leave it out.'],
  [{ ...DENY, Conditions: {} }, 'Statement[0].Conditions: got "Conditions"; expected one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition. The nearest is "Condition".'],
  [{ ...DENY, NotResource: '*' }, 'Statement[0]: got ["Sid","Effect","Action","Resource","NotResource"]; expected either Resource or NotResource. Leave one of them out.'],
  [without('Action'), 'Statement[0]: got ["Sid","Effect","Resource"]; expected either Action or NotAction. Add one of them.'],
  [without('Resource'), 'Statement[0]: got ["Sid","Effect","Action"]; expected either Resource or NotResource. Add one of them.'],
  [{ ...DENY, Action: [] }, 'Statement[0].Action: got []; expected "*" or a service and an action such as "bedrock:InvokeModel". Correct it, or leave it out.'],
  [{ ...DENY, Action: 'InvokeModel' }, 'Statement[0].Action: got "InvokeModel"; expected "*" or a service and an action such as "bedrock:InvokeModel". Correct it, or leave it out.'],
  [{ ...DENY, Action: ['bedrock:*', 7] }, 'Statement[0].Action: got 7; expected "*" or a service and an action such as "bedrock:InvokeModel". Correct it, or leave it out.'],
  [{ ...DENY, Resource: 'anthropic.x' }, 'Statement[0].Resource: got "anthropic.x"; expected "*" or an ARN of six parts such as "arn:aws:bedrock:*::foundation-model/*". Correct it, or leave it out.'],
  [{ ...DENY, Resource: 'arn:aws:bedrock:*' }, 'Statement[0].Resource: got "arn:aws:bedrock:*"; expected "*" or an ARN of six parts such as "arn:aws:bedrock:*::foundation-model/*". Correct it, or leave it out.'],
  [{ ...DENY, Condition: [] }, 'Statement[0].Condition: got []; expected an object. Write it in braces.'],
  [{ ...DENY, Condition: { StringNotEqual: { k: 'a' } } }, 'Statement[0].Condition.StringNotEqual: got "StringNotEqual"; expected a condition operator of IAM. The nearest is "StringNotEquals".'],
  [{ ...DENY, Condition: { 'ForAll:StringLike': { k: 'a' } } }, 'Statement[0].Condition.ForAll:StringLike: got "ForAll:StringLike"; expected a condition operator of IAM. The nearest is "StringLike".'],
  [{ ...DENY, Condition: { NullIfExists: { k: 'true' } } }, 'Statement[0].Condition.NullIfExists: got "NullIfExists"; expected a condition operator of IAM. The nearest is "Null".'],
  [{ ...DENY, Condition: { StringEquals: 'a' } }, 'Statement[0].Condition.StringEquals: got "a"; expected an object. Write it in braces.'],
  [{ ...DENY, Condition: { StringEquals: { k: {} } } }, 'Statement[0].Condition.StringEquals.k: got {}; expected texts. Correct it, or leave it out.'],
  [{ ...DENY, Condition: { Null: { k: 'yes' } } }, 'Statement[0].Condition.Null.k: got "yes"; expected "true" or "false". Correct it, or leave it out.'],
  [{ ...DENY, Condition: { Bool: { k: 'no' } } }, 'Statement[0].Condition.Bool.k: got "no"; expected "true" or "false". Correct it, or leave it out.'],
  [{ ...DENY, Condition: { NumericLessThan: { k: 'ten' } } }, 'Statement[0].Condition.NumericLessThan.k: got "ten"; expected a number. Correct it, or leave it out.'],
  [{ ...DENY, Condition: { DateLessThan: { k: 'soon' } } }, 'Statement[0].Condition.DateLessThan.k: got "soon"; expected a date such as "2026-11-27T00:00:00Z". Correct it, or leave it out.'],
  [{ ...DENY, Condition: { IpAddress: { k: '10.0.0' } } }, 'Statement[0].Condition.IpAddress.k: got "10.0.0"; expected an IP address or a range such as "203.0.113.0/24". Correct it, or leave it out.'],
])('the statement %j', (statement, problem) => expect(inStatement(statement)).toEqual([problem]));

test('a statement with a mistake is not judged, and the others are', () => {
  const { statements, problems } = readPolicyDocument({ Version: '2012-10-17', Statement: [{ ...DENY, Effect: 'x' }, { ...DENY, Sid: 'B' }] });
  expect([statements.map(({ index }) => index), problems.length]).toEqual([[1], 1]);
});

test('what is not known is told from what is wrong', () => {
  const { statements, problems } = readPolicyDocument({ Version: '2012-10-17', Statement: [Unknown.of('Param'), { ...DENY, Effect: Unknown.of('Effect') }] });
  expect(statements).toEqual([]);
  expect(problems.map(({ unknown }) => unknown)).toEqual([['Param'], ['Effect']]);
});
