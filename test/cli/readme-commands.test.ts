import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OFFLINE, run } from './command-line';
import { FULL_ACCESS } from '../organization/organizations';
import { ControlPlane } from '../stand-ins/bedrock-control';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The rows of the README's table of commands: what stands in the first column, and whether it works offline. */
const ROWS = [...README.matchAll(/^\| `((?:regions|route|policy|reach|cost|move|check|access|card)\b[^`]*)` \|.*\| (yes|no) \|$/gm)];

/** Every command that a row stands for: `[--a | --b]` is left out, or one of its ways. */
function commands(written: string): string[][] {
  const option = /\[([^\]]*)\]/.exec(written);
  if (!option) return [written.split(' ').filter((word) => word !== '')];
  return ['', ...option[1].split(/\\?\|/)].flatMap((way) => commands(written.replace(option[0], way.trim())));
}

const COMMANDS = ROWS.flatMap(([, written, offline]) => commands(written).map((args) => [args.join(' '), args, offline] as const));

test('the README has each of the commands, and ways to call them', () => {
  expect(new Set(COMMANDS.map(([, [name]]) => name))).toEqual(new Set(['regions', 'route', 'policy', 'reach', 'cost', 'move', 'check', 'access', 'card']));
  expect(COMMANDS.length).toBeGreaterThan(12);
});

test.each(COMMANDS)('%s works as it stands in the README, with --json too', async (_, args, offline) => {
  const plane = await ControlPlane.start();
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  writeFileSync(join(folder, 'org.json'), JSON.stringify({ levels: [{ name: 'Root', policies: [FULL_ACCESS] }] }));
  const env = offline === 'yes' ? OFFLINE : plane.environment();
  const [plain, json] = [await run([...args], env, folder), await run([...args, '--json'], env, folder)];
  await plane.stop();
  rmSync(folder, { recursive: true });
  expect([plain.code, json.code, json.stderr]).toEqual([0, 0, '']);
  expect(plain.stdout.length).toBeGreaterThan(0);
  expect(() => JSON.parse(json.stdout) as unknown).not.toThrow();
});
