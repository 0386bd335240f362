import { ACCOUNT } from '../../kit/stack';
import { ControlPlane, accessDenied, profile, readyRegion, serverError, throttled } from '../../stand-ins/bedrock-control';
import { run } from '../command-line';

let plane: ControlPlane;
beforeEach(async () => { plane = await ControlPlane.start(); });
afterEach(async () => plane.stop());

interface Checked {
  readonly region: string;
  readonly state: string;
  readonly differences: Array<{ code: string; id: string; card: string; aws: string }>;
  readonly failures: Array<{ kind: string; action: string }>;
}

interface Report {
  readonly regions: Checked[];
  readonly notEnabled: string[];
  readonly failures: Array<{ kind: string }>;
}

async function check(args: string[] = [], env = plane.environment()): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await run(['check', '--json', '--timeout', '5', ...args], env);
  if (stdout === '') throw new Error(stderr);
  return { code, report: JSON.parse(stdout) as Report };
}

function stateOf(report: Report, region: string): unknown {
  const found = report.regions.find((one) => one.region === region)!;
  return { state: found.state, differences: found.differences.map(({ code }) => code), failures: found.failures.map(({ kind, action }) => `${kind} ${action}`) };
}

test('an account that AWS serves as the table has it is in order', async () => {
  const { code, stdout } = await run(['check'], plane.environment());
  expect(stdout).toContain('Claude Haiku 4.5, card of 2026-10, against AWS for account 111122223333\n');
  expect(stdout).toContain('\n33 Regions asked: 33 in order.\n');
  expect(stdout).not.toMatch(/Differs|Could not be checked|Not asked/);
  expect(code).toBe(0);
});

test('every enabled Region is asked for its list, each profile and the lifecycle', async () => {
  plane.region('me-south-1').enabled = false;
  const { report } = await check();
  expect(report.regions).toHaveLength(32);
  expect(report.notEnabled).toEqual(['me-south-1']);
  const asked = plane.calls.filter((call) => call.endsWith(' eu-west-2'));
  expect(asked.sort()).toEqual([
    'bedrock:GetFoundationModel eu-west-2', 'bedrock:GetInferenceProfile eu-west-2', 'bedrock:GetInferenceProfile eu-west-2',
    'bedrock:ListInferenceProfiles eu-west-2',
  ]);
  expect(plane.calls.filter((call) => call.endsWith(' me-south-1'))).toEqual([]);
});

test('each kind of difference is told apart and ends with 1', async () => {
  plane.region('eu-west-2').profiles[0].models!.pop();
  plane.region('sa-east-1').profiles = [];
  plane.region('ca-west-1').profiles.push(profile(ACCOUNT, 'ca-west-1', 'ca', ['ca-west-1', 'ca-central-1']));
  plane.region('us-east-1').model!.modelLifecycle!.status = 'LEGACY';
  plane.region('us-west-2').profiles[0].status = 'PAUSED' as 'ACTIVE';
  plane.region('us-east-2').model!.modelLifecycle!.status = 'SUNSET' as 'LEGACY';
  const { code, report } = await check();
  expect(code).toBe(1);
  expect(report.regions.flatMap(({ differences }) => differences)).toEqual([
    { code: 'PROFILE_NEW', region: 'ca-west-1', id: 'ca.anthropic.claude-haiku-4-5-20251001-v1:0', card: 'no such profile', aws: 'ca-central-1, ca-west-1' },
    {
      code: 'DESTINATIONS_DIFFER',
      region: 'eu-west-2',
      id: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
      card: 'eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3',
      aws: 'eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2',
    },
    { code: 'PROFILE_GONE', region: 'sa-east-1', id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0', card: 'published', aws: 'no such profile' },
    { code: 'LIFECYCLE_STATUS', region: 'us-east-1', id: 'anthropic.claude-haiku-4-5-20251001-v1:0', card: 'ACTIVE', aws: 'LEGACY' },
    {
      code: 'LIFECYCLE_STATUS',
      region: 'us-east-2',
      id: 'anthropic.claude-haiku-4-5-20251001-v1:0',
      card: 'ACTIVE',
      aws: '"SUNSET", which this release does not know',
    },
    {
      code: 'PROFILE_STATUS',
      region: 'us-west-2',
      id: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      card: 'ACTIVE',
      aws: '"PAUSED", which this release does not know',
    },
  ]);
});

test('a Region that the table does not have is found', async () => {
  plane.regions.set('eu-central-9', { ...readyRegion(ACCOUNT, 'eu-central-1'), profiles: [profile(ACCOUNT, 'eu-central-9', 'eu', ['eu-central-9'])] });
  const { code, report } = await check();
  expect(code).toBe(1);
  expect(stateOf(report, 'eu-central-9')).toEqual({ state: 'differs', differences: ['PROFILE_NEW'], failures: [] });
});

test('answers in many pages are read to the end', async () => {
  plane.pageSize = 1;
  const { code, report } = await check();
  expect({ code, regions: report.regions.length }).toEqual({ code: 0, regions: 33 });
});

test('faults of single Regions are told apart, and the rest of the report still comes', async () => {
  const broken = { inferenceProfileSummaries: [{ inferenceProfileId: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0', status: 'ACTIVE', models: [] }] };
  plane.faults.push(
    { action: 'bedrock:ListInferenceProfiles', region: 'eu-west-1', refusal: throttled() },
    { action: 'bedrock:GetInferenceProfile', region: 'us-west-1', refusal: accessDenied('bedrock:GetInferenceProfile') },
    { action: 'bedrock:ListInferenceProfiles', region: 'eu-north-1', refusal: accessDenied('bedrock:ListInferenceProfiles') },
    { action: 'bedrock:GetFoundationModel', region: 'eu-south-1', refusal: serverError() },
    { action: 'bedrock:ListInferenceProfiles', region: 'eu-south-2', change: () => broken },
    { action: 'bedrock:GetInferenceProfile', region: 'eu-west-3', change: () => ({ status: 'ACTIVE' }) },
    { action: 'bedrock:ListInferenceProfiles', region: 'ap-south-1', change: () => ({ inferenceProfileSummaries: [], nextToken: 'again' }) },
    { action: 'bedrock:ListInferenceProfiles', region: 'ap-south-2', reset: true },
    { action: 'bedrock:GetFoundationModel', region: 'sa-east-1', change: () => '<html>proxy</html>' },
  );
  const { code, report } = await check();
  expect(code).toBe(2);
  const unchecked = (...failures: string[]) => ({ state: 'could not be checked', differences: [], failures });
  expect(stateOf(report, 'eu-west-1')).toEqual(unchecked('throttled bedrock:ListInferenceProfiles'));
  expect(stateOf(report, 'us-west-1')).toEqual(unchecked('access-denied bedrock:GetInferenceProfile', 'access-denied bedrock:GetInferenceProfile'));
  expect(stateOf(report, 'eu-north-1')).toEqual(unchecked('access-denied bedrock:ListInferenceProfiles'));
  expect(stateOf(report, 'eu-south-1')).toEqual(unchecked('service-error bedrock:GetFoundationModel'));
  expect(stateOf(report, 'eu-south-2')).toEqual(unchecked('partial-answer bedrock:ListInferenceProfiles'));
  expect(stateOf(report, 'eu-west-3')).toEqual(unchecked('partial-answer bedrock:GetInferenceProfile', 'partial-answer bedrock:GetInferenceProfile'));
  expect(stateOf(report, 'ap-south-1')).toEqual(unchecked('partial-answer bedrock:ListInferenceProfiles'));
  expect(stateOf(report, 'ap-south-2')).toEqual(unchecked('no-answer bedrock:ListInferenceProfiles'));
  expect(stateOf(report, 'sa-east-1')).toEqual(unchecked('unknown-error bedrock:GetFoundationModel'));
  expect(report.regions.filter(({ state }) => state === 'in order')).toHaveLength(24);
});

test('a Region that does not answer is given up after the timeout', async () => {
  plane.faults.push({ action: 'bedrock:ListInferenceProfiles', region: 'eu-west-2', silent: true });
  const { code, stdout } = await run(['check', '--regions', 'eu-west-2', 'eu-west-1', '--timeout', '1'], plane.environment());
  expect(code).toBe(2);
  expect(stdout).toContain('In order\neu-west-1\n');
  expect(stdout).toContain('-  bedrock:ListInferenceProfiles in eu-west-2: no answer (ETIMEDOUT)\n   Check network, proxy and VPC endpoints, then ask again.\n');
  expect(stdout).toContain('2 Regions asked: 1 in order, 1 could not be checked.');
});

test('a call that is throttled once is asked again', async () => {
  plane.faults.push({ action: 'bedrock:ListInferenceProfiles', region: 'eu-west-2', refusal: throttled(), times: 1 });
  expect((await check(['--regions', 'eu-west-2'])).code).toBe(0);
  expect(plane.calls.filter((call) => call === 'bedrock:ListInferenceProfiles eu-west-2')).toHaveLength(2);
});

test('without account:ListRegions the Regions of the table are asked, those not enabled are told apart, and it ends with 2', async () => {
  plane.faults.push({ action: 'account:ListRegions', refusal: accessDenied('account:ListRegions') });
  plane.region('af-south-1').enabled = false;
  const { code, report } = await check();
  expect(code).toBe(2);
  expect(report.failures).toMatchObject([{ kind: 'access-denied', action: 'account:ListRegions' }]);
  expect(report.notEnabled).toEqual(['af-south-1']);
  expect(report.regions).toHaveLength(32);
  expect(report.regions.every(({ state }) => state === 'in order')).toBe(true);
});

test('a Region that is named and not enabled could not be checked', async () => {
  plane.region('af-south-1').enabled = false;
  const { code, stdout } = await run(['check', '--regions', 'af-south-1', 'eu-west-2'], plane.environment());
  expect(code).toBe(2);
  expect(stdout).toContain('1 Region asked: 1 in order.\nNot asked, because the account has not enabled them: af-south-1\n');
});

test.each([
  ['none', 'no-credentials', 'Sign in, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'],
  ['expired', 'expired-credentials', 'The credentials have expired: sign in again (aws sso login, aws login), then ask again.'],
  ['unknown', 'invalid-credentials', 'AWS does not know these credentials: check AWS_PROFILE and the access keys.'],
] as const)('credentials that are %s end the check with what to do', async (credentials, kind, advice) => {
  const { code, report } = await check([], plane.environment(credentials));
  expect(code).toBe(2);
  expect(report.regions).toEqual([]);
  expect(report.failures).toMatchObject([{ kind, advice }]);
  const { stdout } = await run(['check'], plane.environment(credentials));
  expect(stdout).toContain('0 Regions asked.');
  expect(stdout).not.toContain('in order');
});
