import { FULL_ACCESS, withRule } from './organizations';
import { readOrganization } from '../../src/organization/organization';

const DENY = { Sid: 'A', Effect: 'Deny', Action: 'bedrock:*', Resource: '*' };

function refusal(file: unknown): string {
  try {
    readOrganization(typeof file === 'string' ? file : JSON.stringify(file), 'org.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
}

test('a file is read level by level', () => {
  const { levels, id } = readOrganization(JSON.stringify({ ...withRule(DENY), id: 'o-a1b2c3d4e5' }), 'org.json');
  expect([id, levels.map(({ name, policies }) => [name, policies.map((policy) => policy.name)])]).toEqual(
    ['o-a1b2c3d4e5', [['Root', ['FullAWSAccess']], ['OU', ['FullAWSAccess', 'rule']], ['Account', ['FullAWSAccess']]]]);
  expect(levels[0].policies[0].characters).toBe(JSON.stringify(FULL_ACCESS.document).length);
});

test('a document may be JSON in a text, as the Organizations API has it', () => {
  const { levels } = readOrganization(JSON.stringify({ levels: [{ name: 'Root', policies: [{ name: 'F', document: JSON.stringify(FULL_ACCESS.document, undefined, 2) }] }] }), 'org.json');
  expect(levels[0].policies[0]).toMatchObject({ characters: JSON.stringify(FULL_ACCESS.document).length, document: { statements: [{ effect: 'Allow' }] } });
});

test.each<[unknown, string]>([
  [{}, 'levels: got undefined; expected the root, each organizational unit and the account, the root first. Write a list.'],
  [[], 'levels: got undefined; expected the root, each organizational unit and the account, the root first. Write a list.'],
  [{ levels: [] }, 'levels: got []; expected the root, each organizational unit and the account, the root first. Write a list.'],
  [{ levels: [{ policies: [FULL_ACCESS] }] }, 'levels[0].name: got undefined; expected the name of the root, organizational unit or account. Add it.'],
  [{ levels: [{ name: 'Root', policies: [] }] }, 'Level "Root", policies: got []; expected at least one policy, such as FullAWSAccess. Write a list.'],
  [{ levels: [{ name: 'Root', Policies: [FULL_ACCESS] }] }, 'Level "Root", policies: got undefined; expected at least one policy, such as FullAWSAccess. Write a list.'],
  [{ levels: [{ name: 'Root', policies: [{ document: FULL_ACCESS.document }] }] }, 'Level "Root", policies[0].name: got undefined; expected the name of the policy. Add it.'],
  [{ levels: [{ name: 'Root', policies: [{ name: 'P' }] }] }, 'Level "Root", policy "P", document: got no document; expected the policy, an object. Add it.'],
  [{ levels: [{ name: 'Root', policies: [{ name: 'P', document: null }] }] }, 'Level "Root", policy "P": got null; expected an object. Write it in braces.'],
  [{ ...withRule(DENY), managementAccount: '12' }, 'managementAccount: got "12"; expected an account ID of 12 digits. Correct it, or leave it out.'],
  [{ ...withRule(DENY), id: 7 }, 'id: got 7; expected the ID of the organization. Correct it, or leave it out.'],
  [withRule({ ...DENY, Condition: { StringNotEqual: { 'aws:RequestedRegion': 'a' } } }),
    'Level "OU", policy "rule", Statement.Condition.StringNotEqual: got "StringNotEqual"; expected a condition operator of IAM. The nearest is "StringNotEquals".'],
  [withRule([{ ...DENY, Principal: '*' }]), 'Level "OU", policy "rule", Statement[0].Principal: got Principal; expected a statement that binds all principals of an account. Use the condition key aws:PrincipalArn.'],
  [withRule([{ ...DENY, NotPrincipal: '*' }]), 'Level "OU", policy "rule", Statement[0].NotPrincipal: got NotPrincipal; expected a statement that binds all principals of an account. Use the condition key aws:PrincipalArn.'],
  [withRule({ ...DENY, Condition: { StringEquals: { 'aws:RequestRegion': 'a' } } }),
    'Level "OU", policy "rule", Statement[0].Condition.StringEquals.aws:RequestRegion: got "aws:RequestRegion"; expected a condition key such as "aws:RequestedRegion". AWS has no such key: write "aws:RequestedRegion".'],
  [withRule({ ...DENY, Condition: { StringEquals: { RequestedRegion: 'a' } } }),
    'Level "OU", policy "rule", Statement[0].Condition.StringEquals.RequestedRegion: got "RequestedRegion"; expected a condition key such as "aws:RequestedRegion". Write it with its service.'],
])('%j is refused', (file, problem) => {
  expect(refusal(file)).toBe(`Organization file is not valid, got "org.json":\n  - ${problem}`);
});

test('a name that stands twice is found, and the same name in another object or in a text is none', () => {
  const text = (condition: string) => `{"levels":[{"name":"Root","policies":[{"name":"P","document":{"Version":"2012-10-17","Statement":\n{"Effect":"Deny","Action":"*","Resource":"*",\n"Condition":${condition}}}}]}]}`;
  expect(refusal(text('{"StringEquals":{"aws:a":"x"},"StringEquals" : {"aws:b":"y"}}'))).toBe(
    'Organization file is not valid, got "org.json":\n  - line 3: got "StringEquals" twice in one object; expected each name once, as AWS does. Put their values together.');
  expect(refusal(text('{"StringEquals":{"aws:a":["StringEquals","\\"StringEquals\\":"]},"StringLike":{"aws:a":"{"}}'))).toBe('taken');
});

test('every mistake is said at once', () => {
  expect(refusal({ levels: [{ name: 'Root', policies: [] }, { name: 'A', policies: [{ name: 'P', document: '{' }] }] }).split('\n')).toHaveLength(3);
});

test.each([['', 'is not JSON'], ['{"levels":[', 'is not JSON'], ['{"levels":"x"}', 'levels: got "x"']])('the text %j is refused', (text, said) => {
  expect(refusal(text)).toContain(said);
});

test.each(['aws:PrincipalArn', 'AWS:requestedregion', 'aws:PrincipalTag/anything', 'aws:PrincipalTag/tag-keys', 'aws:SomethingQuiteNew', 'bedrock:inferenceprofilearn', 's3:prefix', 'accounts.google.com:aud'])('the key %s is taken', (key) => {
  expect(refusal(withRule({ ...DENY, Condition: { StringEquals: { [key]: 'a' } } }))).toBe('taken');
});
