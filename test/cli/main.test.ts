import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI, OFFLINE, run } from './command-line';

const WRONG: Array<[string, string[], string]> = [
  ['no command', [], 'Usage: cdk-bedrock-haiku [options] [command]'],
  ['an unknown command', ['rotue'], "error: unknown command 'rotue'"],
  ['an unknown option', ['regions', '--geoo', 'eu'], "error: unknown option '--geoo'\n(Did you mean --geo?)"],
  ['a missing option', ['route'], "error: required option '--from <region>' not specified"],
  ['two options that exclude each other', ['route', '--from', 'eu-west-2', '--geo', 'eu', '--global'], "error: option '--geo <prefix>' cannot be used with option '--global'"],
  ['a geography that is none', ['route', '--from', 'eu-west-2', '--geo', 'e-u'],
    '--geo is not a geography of Claude Haiku 4.5, got "e-u"; expected one of us, eu, au, jp, in (as of 2026-10). The nearest is "eu".'],
  ['a Region that is none', ['route', '--from', 'eu-wset2'], '--from is not a Region, got "eu-wset2"; expected a Region code such as "eu-west-2". The nearest of Claude Haiku 4.5 is "eu-west-2".'],
  ['an account that is none', ['policy', '--from', 'eu-west-2', '--account', '123'], '--account is not an account ID, got "123"; expected 12 digits.'],
  ['a timeout that is none', ['check', '--timeout', 'soon'], "error: option '--timeout <seconds>' argument 'soon' is invalid. expected seconds"],
  ['a card file that is not there', ['regions', '--card', 'none.json'], 'File cannot be read, got "none.json" (ENOENT)'],
  ['card without --from-account', ['card'], "error: required option '--from-account' not specified"],
];

test.each(WRONG)('%s ends with 2 and a message on stderr', async (_, args, message) => {
  const { code, stdout, stderr } = await run(args, OFFLINE);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test.each(WRONG.filter(([, args]) => args.length > 0 && args[0] !== 'rotue'))('%s with --json ends with 2 and the same message in JSON', async (_, args, message) => {
  const { code, stdout, stderr } = await run([...args, '--json'], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  const { error, ...rest } = JSON.parse(stdout) as { error: { message: string; code: string } };
  expect(rest).toEqual({});
  expect(error.message).toContain(message.replace(/^error: /, ''));
  expect(error.code).toMatch(/^[A-Z_]+$/);
});

test.each([
  [['regions', '--json', '--card', __filename], 'Model card file is not JSON'],
  [['regions', '--card', __dirname, '--json'], 'File cannot be read'],
  [['--json', 'rotue'], "unknown option '--json'"],
  [['rotue', '--json'], "unknown command 'rotue'"],
])('%j fails in JSON', async (args, message) => {
  const { code, stdout, stderr } = await run(args, OFFLINE);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect((JSON.parse(stdout) as { error: { message: string } }).error.message).toContain(message);
});

test.each([['route', []], ['policy', ['--account', '111122223333']], ['access', []]])('%s --json without a route ends with 1 and says why in JSON', async (command, more) => {
  const { code, stdout, stderr } = await run([command, '--from', 'sa-east-1', '--json', ...more], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const { finding, error } = JSON.parse(stdout) as Record<'finding' | 'error', { code: string; message: string }>;
  expect([finding.code, error.code]).toEqual(Array(2).fill('SOURCE_REGION_WITHOUT_GEOGRAPHY'));
  expect(error.message).toContain('use --global.');
});

test('only what asks AWS loads the SDK, and nothing offline loads that', () => {
  const folder = join(__dirname, '../../src/cli');
  const loaded = readdirSync(folder).filter((file) => file.endsWith('.ts')).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^(?:import|export) (?!type\b).*from '(.*)';$/gm)].map(([, from]) => `${file} ${from}`));
  expect(loaded.length).toBeGreaterThan(50);
  expect(loaded.filter((one) => / (@aws-sdk|@smithy|\.\.\/live|\.\/online(\/|$))/.test(one))).toEqual([]);
});

test('help and version end with 0', async () => {
  const help = await run(['check', '--help'], OFFLINE);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Usage: cdk-bedrock-haiku check [options]');
  expect(await run(['--version'], OFFLINE)).toMatchObject({ code: 0, stdout: '0.0.0\n' });
});

test.each(['', 'regions', 'route', 'policy', 'check', 'card', 'access'])('the help of %p fits in 80 columns', async (command) => {
  const { stdout } = await run([command, '--help'].filter((arg) => arg !== ''), OFFLINE);
  expect(stdout).toContain('Usage: cdk-bedrock-haiku');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

/** Linux has a device that is always full. */
if (existsSync('/dev/full')) {
  test.each([['regions', []], ['route', ['--from', 'eu-west-2']], ['regions', ['--json']], ['route', []], ['route', ['--json']]])(
    '%s %j to a full disk ends with 2 and says so in words', async (command, more) => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [CLI, command, ...more], { stdio: ['ignore', full, 'pipe'] });
      let errors = '';
      child.stderr!.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
      const [code] = await once(child, 'close') as [number];
      closeSync(full);
      expect(code).toBe(2);
      expect(errors).toContain(command === 'route' && more.length === 0 ? 'required option' : 'Standard output cannot be written (ENOSPC); expected a place with room');
      expect(errors).not.toContain('    at ');
    });
}

test('a reader that stops early leaves the exit code as it is', async () => {
  const child = spawn(process.execPath, [CLI, 'route', '--from', 'sa-east-1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [code] = await once(child, 'close') as [number];
  expect(code).toBe(1);
});

test('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, [CLI, 'regions', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  child.stdout.destroy();
  const [code] = await once(child, 'close') as [number];
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});
