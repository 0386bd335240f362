import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OFFLINE, run } from './command-line';
import { ACCOUNT } from '../kit/stack';
import { withRule } from '../organization/organizations';

const REGIONS = { Sid: 'R', Effect: 'Deny', Action: 'bedrock:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] } } };
const UNLESS_ADMIN = { ...REGIONS, Condition: { ...REGIONS.Condition, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } } };
const ARGS = ['--from', 'us-east-1', '--geo', 'us', '--account', ACCOUNT];
const ADMIN = ['--principal', `arn:aws:iam::${ACCOUNT}:role/Admin`];

let folder: string;
beforeAll(() => folder = mkdtempSync(join(tmpdir(), 'reach-')));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(organization: unknown): string {
  const file = join(folder, 'org.json');
  writeFileSync(file, typeof organization === 'string' ? organization : JSON.stringify(organization));
  return file;
}

async function reach(organization: unknown, args: string[]) {
  return run(['reach', '--organization', fileOf(organization), ...args], OFFLINE);
}

test('a call that is blocked is shown Region by Region, with the statement and what to change', async () => {
  const { code, stdout, stderr } = await reach(withRule(REGIONS), ARGS);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout.replace(/ +/g, ' ')).toBe([
    'blocked: Claude Haiku 4.5 from us-east-1 through us.anthropic.claude-haiku-4-5-20251001-v1:0',
    '',
    'Region Resource Verdict',
    'us-east-1 inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0 allowed',
    'us-east-1 foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 allowed',
    'us-east-2 foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 allowed',
    'us-west-2 foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 blocked',
    '',
    'Statement "R" of "rule" at "OU" denies bedrock:InvokeModel on the model in',
    '"us-west-2": it asks for StringNotEquals aws:RequestedRegion',
    '["us-east-1","us-east-2"]. Add "us-west-2" to its aws:RequestedRegion, or take',
    'bedrock:InvokeModel out of its Action.',
    '',
  ].join('\n'));
});

test('the same as JSON', async () => {
  const { code, stdout } = await reach(withRule(REGIONS), [...ARGS, '--json']);
  const answer = JSON.parse(stdout) as { verdict: string; checks: Array<Record<string, unknown>>; notes: string[] };
  expect({ code, verdict: answer.verdict, notes: answer.notes, checks: answer.checks.length }).toEqual({ code: 1, verdict: 'blocked', notes: [], checks: 4 });
  expect(answer.checks[0]).toEqual({
    action: 'bedrock:InvokeModel', resource: `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0`, region: 'us-east-1', verdict: 'allowed',
  });
  expect(answer.checks[3]).toEqual({
    action: 'bedrock:InvokeModel',
    resource: 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0',
    region: 'us-west-2',
    verdict: 'blocked',
    level: 'OU',
    policy: 'rule',
    sid: 'R',
    reason: 'Statement "R" of "rule" at "OU" denies bedrock:InvokeModel on the model in "us-west-2": it asks for StringNotEquals aws:RequestedRegion ["us-east-1","us-east-2"]. '
      + 'Add "us-west-2" to its aws:RequestedRegion, or take bedrock:InvokeModel out of its Action.',
  });
});

test.each<[string, unknown, string[], number, string]>([
  ['an open organization', withRule({ ...REGIONS, Action: 's3:*' }), ARGS, 0, 'allowed'],
  ['nobody who is named', withRule(UNLESS_ADMIN), ARGS, 2, 'Name the caller with'],
  ['the one who is spared', withRule(UNLESS_ADMIN), [...ARGS, ...ADMIN], 0, 'allowed'],
  ['another', withRule(UNLESS_ADMIN), [...ARGS, '--principal', `arn:aws:iam::${ACCOUNT}:role/app`], 1, 'blocked'],
  ['a batch job', withRule({ ...REGIONS, Action: 'bedrock:InvokeModel*' }), [...ARGS, '--action', 'batch'], 0, 'allowed'],
  ['a model by another name', withRule(REGIONS), [...ARGS, '--model', 'haiku-4.5'], 1, 'blocked'],
  ['the source geography', withRule(REGIONS), ['--from', 'us-east-1', '--account', ACCOUNT], 1, 'blocked'],
  ['global inference', withRule(REGIONS), ['--from', 'us-east-1', '--global', '--account', ACCOUNT], 1, '"unspecified"'],
])('%s', async (_, organization, args, code, said) => {
  const ended = await reach(organization, args);
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: '' });
  expect(ended.stdout).toContain(said);
});

test('with --json an answer of unknown is an answer, and 2 means that there is none', async () => {
  const unknown = await reach(withRule(UNLESS_ADMIN), [...ARGS, '--json']);
  expect([unknown.code, (JSON.parse(unknown.stdout) as { verdict: string }).verdict]).toEqual([1, 'unknown']);
  const none = await reach({ levels: [] }, [...ARGS, '--json']);
  expect([none.code, Object.keys(JSON.parse(none.stdout) as object)]).toEqual([2, ['error']]);
});

test('what a reader must know besides goes to standard error, and into JSON', async () => {
  const service = ['--principal', `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/R`];
  const { code, stdout, stderr } = await reach(withRule(REGIONS), [...ARGS, ...service, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Service control policies do not bind a service-linked role.\n' });
  expect((JSON.parse(stdout) as { notes: string[] }).notes).toEqual(['Service control policies do not bind a service-linked role.']);
});

test.each<[unknown, string[], string]>([
  ['{"levels":', ARGS, 'Organization file is not JSON, got '],
  [{ levels: [{ name: 'Root', policies: [] }] }, ARGS, 'Level "Root", policies: got []; expected at least one policy, such as FullAWSAccess.'],
  [withRule({ ...REGIONS, Conditions: {} }), ARGS, 'Level "OU", policy "rule", Statement.Conditions: got "Conditions"'],
  [withRule(REGIONS), ['--from', 'us-east-1', '--geo', 'us', '--account', '11112222333'], '--account is not an account ID, got "11112222333"; expected 12 digits.'],
  [withRule(REGIONS), [...ARGS, '--action', 'chat'], "argument 'chat' is invalid. Allowed choices are invoke, stream, batch."],
  [withRule(REGIONS), [...ARGS, '--principal', 'app'], 'Principal is not one that can call, got "app"'],
  [withRule(REGIONS), ['--from', 'us-east-1', '--account', ACCOUNT, '--model', 'gpt'], 'Model name is not known, got "gpt"'],
  [withRule(REGIONS), ['--account', ACCOUNT], 'reach needs --from, --account and --organization; expected all three.'],
  [withRule(REGIONS), ['--from', 'mars', '--account', ACCOUNT], '--from is not a Region, got "mars"'],
])('%j with %j is refused', async (organization, args, said) => {
  const { code, stdout, stderr } = await reach(organization, args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.replace(/\s+/g, ' ')).toContain(said);
});

test('a Region without a route has no answer', async () => {
  const { code, stdout } = await reach(withRule(REGIONS), ['--from', 'us-east-1', '--geo', 'eu', '--account', ACCOUNT]);
  expect([code, stdout.split('\n')[0]]).toEqual([2, 'No route (SOURCE_REGION_OUTSIDE_GEOGRAPHY)']);
});

test('a file that is not there is named', async () => {
  const { code, stderr } = await run(['reach', '--organization', join(folder, 'none.json'), ...ARGS], OFFLINE);
  expect(code).toBe(2);
  expect(stderr).toContain('(ENOENT); expected a file of the service control policies of an account.');
});
