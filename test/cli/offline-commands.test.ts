import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, run } from './command-line';
import { ModelCard } from '../../src';
import { formatCard } from '../../src/catalog/card-file';

/** Nothing can be asked: every endpoint leads nowhere. */
const OFFLINE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', NODE_OPTIONS: `--require ${join(__dirname, 'no-network.cjs')}` };
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('route shows the profile, the destinations and why', async () => {
  const { code, stdout, stderr } = await run(['route', '--from', 'eu-west-2'], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe([
    'Model    Claude Haiku 4.5',
    'Call     eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    'From     eu-west-2',
    'Runs in  eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2,',
    '         eu-west-3',
    'Why      eu-west-2 belongs to Geo EU: requests stay within it. Global would',
    '         serve it too.',
    '',
    'As of 2026-10',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html',
    '',
  ].join('\n'));
});

test('route --json is the same for programs', async () => {
  const { code, stdout } = await run(['route', '--from', 'ap-southeast-6', '--geo', 'au', '--json'], OFFLINE);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    sourceRegion: 'ap-southeast-6',
    option: 'GEO',
    geography: 'au',
    inferenceProfileId: 'au.anthropic.claude-haiku-4-5-20251001-v1:0',
    destinationRegions: ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6'],
  });
});

test('a Region without a route ends with 1 and says what to do', async () => {
  const { code, stdout } = await run(['route', '--from', 'eu-west-2', '--geo', 'us'], OFFLINE);
  expect(code).toBe(1);
  expect(stdout).toBe([
    'No route (SOURCE_REGION_OUTSIDE_GEOGRAPHY)',
    'Source Region is outside Geo US, got "eu-west-2"; expected one of',
    '"ca-central-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2" (as of',
    '2026-10). "eu-west-2" belongs to Geo EU: use InferenceRouting.geo(Geography.EU)',
    'there.',
    '',
  ].join('\n'));
});

test('regions lists every documented Region, filtered, in 80 columns', async () => {
  const all = JSON.parse((await run(['regions', '--json'], OFFLINE)).stdout) as { regions: Array<{ region: string }> };
  expect(all.regions).toHaveLength(33);
  const { stdout, code } = await run(['regions', '--geo', 'jp'], OFFLINE);
  expect(code).toBe(0);
  expect(stdout).toBe([
    'Region          Geo  Global  In-Region  Batch  Destinations of the geography',
    'ap-northeast-1  jp   yes     yes        yes    ap-northeast-1 ap-northeast-3',
    'ap-northeast-3  jp   yes     -          yes    ap-northeast-1 ap-northeast-3',
    '',
    '2 Regions of Claude Haiku 4.5, as of 2026-10',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html',
    '',
  ].join('\n'));
  expect((await run(['regions'], OFFLINE)).stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('https://'))).toEqual([]);
});

test('a filter that nothing passes ends with 1', async () => {
  expect(await run(['regions', '--region', 'eu-west-9'], OFFLINE)).toEqual({
    code: 1, stdout: 'No Region of Claude Haiku 4.5 is like that (as of 2026-10).\n', stderr: '',
  });
});

test('policy prints three documents that can be pasted', async () => {
  const { code, stdout } = await run(['policy', '--from', 'ap-south-1', '--account', '111122223333'], OFFLINE);
  expect(code).toBe(0);
  const documents = stdout.split(/^# .*$/m).slice(1).map((text) => JSON.parse(text) as { Version: string; Statement: Array<{ Effect: string; Principal?: string }> });
  expect(documents.map(({ Version }) => Version)).toEqual(['2012-10-17', '2012-10-17', '2012-10-17']);
  expect(documents.map(({ Statement }) => Statement.map(({ Effect, Principal }) => `${Effect} ${Principal ?? '-'}`))).toEqual([
    ['Allow -', 'Allow -'], ['Allow *', 'Allow *'], ['Deny -', 'Deny -'],
  ]);
  expect(stdout.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Identity policy: attach to the role that calls the model',
    '# VPC endpoint policy: for com.amazonaws.ap-south-1.bedrock-runtime in the source Region',
    '# Service control policy: denies this model outside these Regions',
  ]);
});

test('policy --only prints one document alone, the same as in --json', async () => {
  const args = ['policy', '--from', 'us-west-1', '--global', '--account', '111122223333'];
  const all = JSON.parse((await run([...args, '--json'], OFFLINE)).stdout) as Record<string, unknown>;
  for (const name of ['identity', 'endpoint', 'scp']) {
    expect(JSON.parse((await run([...args, '--only', name], OFFLINE)).stdout)).toEqual(all[name]);
  }
});

test('a card file takes the place of the built-in card', async () => {
  const file = join(folder, 'card.json');
  const { geoRoutes, globalSources, ...rest } = ModelCard.CLAUDE_HAIKU_4_5._props;
  writeFileSync(file, formatCard({ ...rest, name: 'My Haiku', geoRoutes: geoRoutes!.filter(({ sourceRegion }) => sourceRegion === 'ap-south-1') }));
  expect((await run(['route', '--from', 'ap-south-1', '--card', file], OFFLINE)).stdout).toContain('Model    My Haiku\n');
  expect((await run(['route', '--from', 'eu-west-2', '--card', file], OFFLINE)).code).toBe(1);
});

test.each([
  ['no command', [], 'Usage: cdk-bedrock-haiku [options] [command]'],
  ['an unknown command', ['rotue'], "error: unknown command 'rotue'"],
  ['an unknown option', ['regions', '--geoo', 'eu'], "error: unknown option '--geoo'\n(Did you mean --geo?)"],
  ['a missing option', ['route'], "error: required option '--from <region>' not specified"],
  ['two options that exclude each other', ['route', '--from', 'eu-west-2', '--geo', 'eu', '--global'], "error: option '--geo <prefix>' cannot be used with option '--global'"],
  ['a geography that cannot be one', ['route', '--from', 'eu-west-2', '--geo', 'EU'], 'Geography prefix is not valid, got "EU"'],
  ['an account that is none', ['policy', '--from', 'eu-west-2', '--account', '123'], '--account is not an account ID, got "123"; expected 12 digits.'],
  ['a timeout that is none', ['check', '--timeout', 'soon'], "error: option '--timeout <seconds>' argument 'soon' is invalid. expected seconds"],
  ['a card file that is not there', ['regions', '--card', 'none.json'], 'File cannot be read, got "none.json" (ENOENT)'],
  ['card without --from-account', ['card'], "error: required option '--from-account' not specified"],
])('%s ends with 2 and a message on stderr', async (_, args, message) => {
  const { code, stdout, stderr } = await run(args, OFFLINE);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('help and version end with 0', async () => {
  const help = await run(['check', '--help'], OFFLINE);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Usage: cdk-bedrock-haiku check [options]');
  expect(await run(['--version'], OFFLINE)).toMatchObject({ code: 0, stdout: '0.0.0\n' });
});

test('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, [CLI, 'regions', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  child.stdout.destroy();
  const [code] = await once(child, 'close') as [number];
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});
