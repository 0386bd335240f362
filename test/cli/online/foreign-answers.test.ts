import { ControlPlane } from '../../stand-ins/bedrock-control';
import { run } from '../command-line';

let plane: ControlPlane;
beforeEach(async () => { plane = await ControlPlane.start(); });
afterEach(async () => plane.stop());

const ASKED = ['sts:GetCallerIdentity', 'account:ListRegions', 'bedrock:ListInferenceProfiles', 'bedrock:GetInferenceProfile', 'bedrock:GetFoundationModel',
  'bedrock:GetFoundationModelAvailability', 'bedrock:GetUseCaseForModelAccess', 'servicequotas:GetServiceQuota'];

/** The commands that ask, in one Region where that is possible. */
const COMMANDS: Array<[string, string[]]> = [
  ['check', ['check', '--regions', 'eu-west-2']],
  ['access', ['access', '--from', 'eu-west-2']],
  ['card', ['card', '--from-account', '--out', '/dev/null', '--regions', 'eu-west-2']],
];

async function timed(args: string[], seconds: number): Promise<{ code: number | null; said: string; took: number }> {
  const start = performance.now();
  const { code, stdout, stderr } = await run([...args, '--timeout', String(seconds)], plane.environment());
  return { code, said: (stdout + stderr).replace(/\s+/g, ' '), took: performance.now() - start };
}

describe.each(COMMANDS)('%s', (_, args) => {
  test.each(['stalled', 'dripping', 'silent'] as const)('gives up an answer that is %s, whichever it is, and every one of them', async (kind) => {
    plane.faults.push(...ASKED.map((action) => ({ action, [kind]: true })));
    const { code, said, took } = await timed(args, 1);
    expect(code).toBe(2);
    expect(said).toContain('in eu-west-2: no answer (ETIMEDOUT)');
    // Two rounds of questions, one second each, and the start of a process on a busy machine.
    expect(took).toBeLessThan(20_000);
  });

  test.each([[502, 'The service, or a proxy before it, failed: ask again later'], [503, 'The service, or a proxy before it, failed: ask again later'],
    [200, 'Something else answered in place of AWS: check proxy'], [403, 'Something else answered in place of AWS: check proxy']])(
    'a page with status %i is said in a plain sentence', async (status, advice) => {
      plane.faults.push(...ASKED.filter((action) => action.startsWith('bedrock:')).map((action) => ({ action, page: status })));
      const { code, said } = await timed(args, 20);
      expect(code).toBe(2);
      expect(said).toContain(advice);
      expect(said).not.toMatch(/SyntaxError|Deserialization|\$response|html| at \S+:\d+/);
    });
});

const SHAPES = ['null', '"text"', '[]', '[null]', '7', 'true', '{}', '{', '<a>', '{"message":"Forbidden"}', '{"inferenceProfileSummaries":"x","Regions":5}',
  '{"inferenceProfileSummaries":[null],"models":[null],"inferenceProfileId":"a","status":"b","Regions":[7,null,{"RegionName":"../x"}]}',
  '{"models":{"a":1},"modelDetails":{"modelLifecycle":"x"},"agreementAvailability":7,"formData":{},"Quota":[]}'];

test.each<[string, number]>([...SHAPES.map((text): [string, number] => [text, 200]), ['null', 403], ['{"message":"Forbidden"}', 403]])('%s with status %i is said without internals', async (text, status) => {
  plane.faults.push(...ASKED.map((action) => ({ action, body: { text, status } })));
  const asked = [...COMMANDS.map(([, one]) => one), ['check']];
  for (const [args, { code, said }] of await Promise.all(asked.map(async (one) => [one, await timed(one, 20)] as const))) {
    expect([args, code]).toEqual([args, 2]);
    expect(said).toMatch(/that is not an answer of AWS|partial answer, it lacks/);
    expect(said).not.toMatch(/(Syntax|Type|Range|Unexpected )[Ee]rror|XML|Deserialization|\$response|undefined|Cannot |@aws-sdk/);
  }
});

test.each<[string, Record<string, string>, string]>([
  ['by its name', { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '120' }, 'bedrock:ListInferenceProfiles in eu-west-2: ThrottlingException: Slow down'],
  ['by its status alone', { 'retry-after': '120' }, 'bedrock:ListInferenceProfiles in eu-west-2: HTTP 429, too many requests'],
])('a service that asks to wait for longer than the command does is not taken for one that does not answer, %s', async (_, headers, message) => {
  plane.faults.push({ action: 'bedrock:ListInferenceProfiles', body: { text: headers['x-amzn-errortype'] ? '{"message":"Slow down"}' : '', status: 429, headers } });
  const { code, said } = await timed(['check', '--regions', 'eu-west-2'], 2);
  expect(code).toBe(2);
  expect(said).toContain(message);
  expect(said).toContain('AWS asks to slow down');
  expect(said).not.toContain('ETIMEDOUT');
});

test('control characters of an answer are written out, wherever they come from', async () => {
  const bad = 'bad\u001b[31m\u0007\u009b2J\u202e\u2028end';
  const good = 'bad\\u001b[31m\\u0007\\u009b2J\\u202e\\u2028end';
  Object.assign(plane.region('eu-west-2').profiles[0], { status: bad });
  plane.region('eu-west-2').availability.agreementAvailability = { status: 'ERROR', errorMessage: bad };
  Object.assign(plane.region('eu-west-2').model!.modelLifecycle!, { status: bad });
  plane.faults.push({ action: 'servicequotas:GetServiceQuota', body: { status: 400, text: JSON.stringify({ message: bad }), headers: { 'x-amzn-errortype': 'ValidationException' } } });
  for (const args of [['check', '--regions', 'eu-west-2'], ['access', '--from', 'eu-west-2'], ['check', '--regions', 'eu-west-2', '--json'], ['access', '--from', 'eu-west-2', '--json']]) {
    const { stdout, stderr } = await run(args, plane.environment());
    const said = stdout + stderr;
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(said.replace(/\s+/g, '').replaceAll('\\\\', '\\')).toContain(good.replace(/\s+/g, ''));
  }
});

test('a page in place of the first answer is said in a plain sentence', async () => {
  plane.faults.push(...ASKED.map((action) => ({ action, page: 502 })));
  const { code, said } = await timed(['check', '--regions', 'eu-west-2'], 20);
  expect(code).toBe(2);
  expect(said).toContain('sts:GetCallerIdentity in us-east-1: HTTP 502 with something that is not an answer of AWS');
});

test('a Region that is named and has no endpoint could not be checked', async () => {
  const { AWS_ENDPOINT_URL: _, ...env } = plane.environment();
  const { code, stdout } = await run(['check', '--regions', 'eu-nowhere-9', '--timeout', '5'], {
    ...env, AWS_ENDPOINT_URL_STS: plane.url, AWS_ENDPOINT_URL_BEDROCK: 'http://bedrock.eu-nowhere-9.invalid',
  });
  expect(code).toBe(2);
  expect(stdout).toContain('1 Region asked: 1 could not be checked.');
});

test.each(['none', 'expired', 'unknown'] as const)('credentials that are %s are said in JSON, with what was found', async (credentials) => {
  for (const [command, args] of COMMANDS) {
    const { code, stdout, stderr } = await run([...args, '--json'], plane.environment(credentials));
    expect({ command, code, stderr }).toEqual({ command, code: 2, stderr: '' });
    const { error } = JSON.parse(stdout) as { error: { message: string; code: string } };
    expect(error.code).toBe({ none: 'no-credentials', expired: 'expired-credentials', unknown: 'invalid-credentials' }[credentials]);
    expect(error.message).not.toBe('');
  }
});
