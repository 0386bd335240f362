import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT } from '../../kit/stack';
import { ControlPlane, Refusal, throttled } from '../../stand-ins/bedrock-control';
import { OFFLINE, run } from '../command-line';

const FULL = '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }]\n}';
const REGIONS = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'R', Effect: 'Deny', Action: 'bedrock:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } }] });

let plane: ControlPlane;
let folder: string;
let file: string;
beforeEach(async () => {
  plane = await ControlPlane.start();
  plane.organization = {
    id: 'o-a1b2c3d4e5',
    managementAccount: '444455556666',
    enabled: true,
    path: [
      { id: 'r-ab12', name: 'Root', policies: ['p-full'] },
      { id: 'ou-ab12-1', name: 'Workloads', policies: ['p-full', 'p-regions'] },
      { id: ACCOUNT, name: 'shop', policies: ['p-full'] },
    ],
    policies: { 'p-full': { name: 'FullAWSAccess', content: FULL }, 'p-regions': { name: 'regions', content: REGIONS } },
  };
  folder = mkdtempSync(join(tmpdir(), 'organization-'));
  file = join(folder, 'org.json');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await plane.stop();
});

const save = async (args: string[] = [], credentials?: 'none' | 'expired') => run(['reach', '--save-organization', file, '--timeout', '5', ...args], plane.environment(credentials));

test('the policies of the account and of all above it are written, and reach reads them', async () => {
  const { code, stdout, stderr } = await save();
  expect({ code, stdout, stderr }).toEqual({
    code: 0, stderr: '', stdout: `Wrote ${file}: account ${ACCOUNT} and the 2 levels above it. Use it with reach --organization ${file}.\n`,
  });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    id: 'o-a1b2c3d4e5',
    managementAccount: '444455556666',
    levels: [
      { name: 'Root (r-ab12)', policies: [{ name: 'FullAWSAccess', document: JSON.parse(FULL) }] },
      { name: 'Workloads (ou-ab12-1)', policies: [{ name: 'FullAWSAccess', document: JSON.parse(FULL) }, { name: 'regions', document: JSON.parse(REGIONS) }] },
      { name: `shop (${ACCOUNT})`, policies: [{ name: 'FullAWSAccess', document: JSON.parse(FULL) }] },
    ],
  });
  const asked = await run(['reach', '--from', 'us-east-1', '--account', ACCOUNT, '--organization', file, '--json'], OFFLINE);
  expect([asked.code, JSON.parse(asked.stdout)]).toMatchObject([1, { verdict: 'blocked', checks: [{}, {}, { level: 'Workloads (ou-ab12-1)', policy: 'regions', sid: 'R' }, {}] }]);
});

test('pages are read to the last, each policy once, and nothing is changed', async () => {
  plane.pageSize = 1;
  expect((await save()).code).toBe(0);
  expect((JSON.parse(readFileSync(file, 'utf8')) as { levels: Array<{ policies: unknown[] }> }).levels.map(({ policies }) => policies.length)).toEqual([1, 2, 1]);
  const calls = plane.calls.filter((call) => call.startsWith('organizations:'));
  expect(calls.filter((call) => call === 'organizations:DescribePolicy us-east-1')).toHaveLength(2);
  expect(calls.filter((call) => !/^organizations:(Describe|List)\w+ us-east-1$/.test(call))).toEqual([]);
});

test('another account is asked about by its ID, and the file may go to standard output', async () => {
  plane.organization!.path[2] = { id: '777788889999', name: 'other', policies: ['p-full'] };
  const { code, stdout, stderr } = await run(['reach', '--save-organization', '-', '--account', '7777-8888-9999'], plane.environment());
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { levels: Array<{ name: string }> }).levels.map(({ name }) => name)).toEqual(['Root (r-ab12)', 'Workloads (ou-ab12-1)', 'other (777788889999)']);
  expect(stderr).toContain('Wrote -: account 777788889999');
});

test('--json tells what was written', async () => {
  expect(JSON.parse((await save(['--json'])).stdout)).toEqual({
    file,
    account: ACCOUNT,
    levels: [
      { name: 'Root (r-ab12)', policies: ['FullAWSAccess'] },
      { name: 'Workloads (ou-ab12-1)', policies: ['FullAWSAccess', 'regions'] },
      { name: `shop (${ACCOUNT})`, policies: ['FullAWSAccess'] },
    ],
  });
});

test.each<[string, () => void, string]>([
  ['a member account', () => plane.faults.push({ action: 'organizations:ListParents', refusal: new Refusal(400, 'AccessDeniedException', "You don't have permissions to access this resource.") }),
    'AWS Organizations answers the management account and delegated administrators alone: use credentials of one, allow it this action, and name the account to ask about with --account.'],
  ['an account without an organization', () => { plane.organization = undefined; }, 'The account belongs to no organization, so no service control policy binds it: there is nothing to save.'],
  ['an organization without service control policies', () => { plane.organization!.enabled = false; }, 'The organization has not enabled service control policies, so none binds the account: there is nothing to save.'],
  ['a policy that is no JSON', () => { plane.organization!.policies['p-regions'] = { name: 'regions', content: '{' }; }, 'partial answer, it lacks the JSON of the policy'],
  ['a list that ends in the middle', () => plane.faults.push({ action: 'organizations:ListPoliciesForTarget', change: () => ({}) }), 'partial answer, it lacks its list'],
  ['a root without end', () => plane.faults.push({ action: 'organizations:ListParents', change: () => ({ Parents: [{ Id: 'ou-ab12-1', Type: 'ORGANIZATIONAL_UNIT' }] }) }), 'partial answer, it lacks a root'],
  ['a service that is throttled to the end', () => plane.faults.push({ action: 'organizations:DescribePolicy', refusal: throttled() }), 'AWS asks to slow down: ask again in a minute.'],
])('of %s nothing is written, and the reason is said', async (_, breakIt, said) => {
  breakIt();
  const { code, stdout, stderr } = await save();
  expect({ code, stdout, written: existsSync(file) }).toEqual({ code: 2, stdout: '', written: false });
  expect(stderr.replace(/\s+/g, ' ')).toContain(said);
  expect(stderr).toMatch(/\nNothing was written\.\n$/);
});

test.each(['none', 'expired'] as const)('with credentials that are %s a file that is there stays', async (credentials) => {
  writeFileSync(file, 'before');
  const { code, stdout } = await save(['--json'], credentials);
  expect([code, Object.keys(JSON.parse(stdout) as object), readFileSync(file, 'utf8')]).toEqual([2, ['failures', 'error'], 'before']);
});

test('what cannot be written is refused before anything is asked', async () => {
  const { code, stderr } = await run(['reach', '--save-organization', join(folder, 'none', 'org.json')], plane.environment());
  expect([code, plane.calls]).toEqual([2, []]);
  expect(stderr).toMatch(/^--save-organization cannot be written, got .*\(ENOENT\); expected a file in a folder that exists\.$/m);
  const both = await run(['reach', '--save-organization', '-', '--json'], plane.environment());
  expect([both.code, both.stdout]).toEqual([2, expect.stringContaining('both write to standard output')]);
});
