import { ControlPlane, accessDenied, throttled } from '../../stand-ins/bedrock-control';
import { run } from '../command-line';

let plane: ControlPlane;
beforeEach(async () => { plane = await ControlPlane.start(); });
afterEach(async () => plane.stop());

interface Check { readonly question: string; readonly state: string; readonly answer: string; readonly advice: string }

async function access(args: string[] = ['--from', 'eu-west-2']): Promise<{ code: number | null; checks: Check[] }> {
  const { code, stdout, stderr } = await run(['access', '--json', '--timeout', '5', ...args], plane.environment());
  if (stdout === '') throw new Error(stderr);
  return { code, checks: (JSON.parse(stdout) as { checks: Check[] }).checks };
}

function notInOrder(checks: Check[]): Array<[string, string]> {
  return checks.filter(({ state }) => state !== 'in order').map(({ question, state }) => [question, state]);
}

test('an account that may call the model is in order', async () => {
  const { code, stdout, stderr } = await run(['access', '--from', 'eu-west-2'], plane.environment());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe([
    'Claude Haiku 4.5 from eu-west-2 as account 111122223333',
    '',
    'Question           State     Answer, and what to do',
    'Inference profile  in order  eu.anthropic.claude-haiku-4-5-20251001-v1:0: ACTIVE',
    'Region             in order  AVAILABLE',
    'Agreement          in order  AVAILABLE',
    'Authorization      in order  AUTHORIZED',
    'Entitlement        in order  AVAILABLE',
    'Use-case form      in order  submitted',
    'Quota L-CCA5DF70   in order  10,000 (Cross-region model inference requests per',
    '                             minute for Anthropic Claude Haiku 4.5)',
    'Quota L-58BE175A   in order  5,000,000 (Cross-region model inference tokens per',
    '                             minute for Anthropic Claude Haiku 4.5)',
    'Quota L-6120CF2D   in order  7,200,000,000 (Model invocation max tokens per day',
    '                             for Anthropic Claude Haiku 4.5 (doubled for',
    '                             cross-region calls))',
    '',
  ].join('\n'));
});

test('the global profile has quotas of its own', async () => {
  const { checks } = await access(['--from', 'us-east-1', '--global']);
  expect(checks.map(({ question }) => question).filter((question) => question.startsWith('Quota'))).toEqual([
    'Quota L-E5084BBA', 'Quota L-9A11C666', 'Quota L-B5C049AE',
  ]);
});

test('the Region comes from AWS_REGION if it is not named', async () => {
  const { stdout } = await run(['access'], { ...plane.environment(), AWS_REGION: 'ap-northeast-1' });
  expect(stdout).toContain('Claude Haiku 4.5 from ap-northeast-1 as account 111122223333\n');
  expect(await run(['access'], plane.environment())).toMatchObject({
    code: 2, stderr: 'No Region is given, neither by --from nor by AWS_REGION; expected the Region that requests are sent to, such as --from eu-west-2.\n',
  });
});

test('everything that is missing is named with what to do, and ends with 1', async () => {
  const state = plane.region('eu-west-2');
  state.profiles = [];
  state.availability = {
    ...state.availability,
    agreementAvailability: { status: 'ERROR', errorMessage: 'No payment method' },
    authorizationStatus: 'NOT_AUTHORIZED',
    entitlementAvailability: 'NOT_AVAILABLE',
    regionAvailability: 'NOT_AVAILABLE',
  };
  state.useCaseForm = undefined;
  state.quotas['L-CCA5DF70'] = 0;
  const { code, checks } = await access();
  expect(code).toBe(1);
  expect(notInOrder(checks)).toEqual([
    'Inference profile', 'Region', 'Agreement', 'Authorization', 'Entitlement', 'Use-case form', 'Quota L-CCA5DF70',
  ].map((question) => [question, 'missing']));
  expect(checks.filter(({ state: found }) => found === 'missing').every(({ advice }) => advice !== '')).toBe(true);
  expect(checks.find(({ question }) => question === 'Agreement')).toMatchObject({ answer: 'ERROR: No payment method' });
});

test('a form that the organization sent counts, because the account is authorized', async () => {
  plane.region('eu-west-2').useCaseForm = undefined;
  const { code, checks } = await access();
  expect(code).toBe(0);
  expect(checks.find(({ question }) => question === 'Use-case form')).toEqual({
    question: 'Use-case form', state: 'in order', answer: 'not submitted by this account, which is authorized all the same', advice: '',
  });
});

test('one call that is denied leaves the rest of the report, and is not in order', async () => {
  plane.region('eu-west-2').useCaseForm = undefined;
  plane.faults.push({ action: 'bedrock:GetFoundationModelAvailability', refusal: accessDenied('bedrock:GetFoundationModelAvailability') });
  const { code, checks } = await access();
  expect(code).toBe(2);
  expect(notInOrder(checks)).toEqual(['Region', 'Agreement', 'Authorization', 'Entitlement', 'Use-case form'].map((question) => [question, 'could not be checked']));
});

test('throttled quotas, a quota that is not listed and an unknown value could not be checked', async () => {
  const state = plane.region('eu-west-2');
  state.availability = { ...state.availability, agreementAvailability: { status: 'MAYBE' as 'PENDING' } };
  delete state.quotas['L-6120CF2D'];
  plane.faults.push({ action: 'servicequotas:GetServiceQuota', refusal: throttled(), times: 3 });
  const { code, checks } = await access();
  expect(code).toBe(2);
  expect(checks.find(({ question }) => question === 'Agreement')).toMatchObject({ state: 'could not be checked', answer: '"MAYBE", which this release does not know' });
  expect(checks.find(({ question }) => question === 'Quota L-6120CF2D')).toMatchObject({ state: 'could not be checked' });
  // One of the questions that was throttled was asked again with success.
  expect(checks.find(({ question }) => question === 'Quota L-CCA5DF70')).toMatchObject({ state: 'in order' });
});

test('a Region that the account has not enabled is told apart from bad credentials', async () => {
  plane.region('eu-south-1').enabled = false;
  const { code, checks } = await access(['--from', 'eu-south-1']);
  expect(code).toBe(2);
  expect(checks[0]).toMatchObject({
    state: 'could not be checked', advice: 'The account has not enabled eu-south-1: enable it under AWS account settings, or leave it out.',
  });
});

test('a Region without a route is not asked', async () => {
  const { code, stdout } = await run(['access', '--from', 'af-south-1'], plane.environment());
  expect(code).toBe(1);
  expect(stdout).toContain('No route (SOURCE_REGION_WITHOUT_GEOGRAPHY)');
  expect(plane.calls).toEqual([]);
});

test('expired credentials end with 2, and nothing else is asked', async () => {
  const { code, stdout } = await run(['access', '--from', 'eu-west-2'], plane.environment('expired'));
  expect(code).toBe(2);
  expect(stdout).toContain('The credentials have expired: sign in again');
  expect(plane.calls).toEqual(['sts:GetCallerIdentity eu-west-2']);
});
