import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CLI, OFFLINE, run } from './command-line';

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
