import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, Ended, run } from './command-line';
import { ModelCard } from '../../src';
import { writeFile } from '../../src/cli/output-file';
import { ControlPlane } from '../stand-ins/bedrock-control';

let plane: ControlPlane;
let folder: string;
let devices: string;
beforeAll(async () => { plane = await ControlPlane.start(); });
afterAll(async () => plane.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'out-'));
  devices = mkdtempSync(join(tmpdir(), 'out-devices-'));
});
afterEach(() => [folder, devices].forEach((made) => rmSync(made, { recursive: true, force: true })));

const ARGS = ['card', '--from-account', '--regions', 'eu-west-2', '--out'];
const WROTE = /^Wrote .*: Claude Haiku 4.5, read in 1 Regions\. Use it with ModelCard\.fromFile\.\n$/;

async function write(out: string, ...more: string[]): Promise<Ended> {
  return run([...ARGS, out, ...more], plane.environment(), folder);
}

/** Through a shell, which sends the streams where it is told. */
async function shell(out: string, redirection: string): Promise<Ended> {
  const command = `"$NODE" "$CLI" ${ARGS.join(' ')} ${out} ${redirection}`;
  const env = { ...plane.environment(), NODE: process.execPath, CLI, PATH: process.env.PATH, HOME: folder };
  return new Promise((resolve) => {
    const child = execFile('/bin/sh', ['-c', command], { cwd: folder, env }, (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
  });
}

/**
 * Devices like those of /dev, in the test's own folder: were they replaced after all, a superuser's machine would lose its own. Who is
 * none cannot make a device, nor replace one.
 */
function device(name: 'null' | 'full'): string {
  if (process.getuid?.() !== 0) return `/dev/${name}`;
  execFileSync('mknod', ['-m', '666', join(devices, name), 'c', '1', name === 'null' ? '3' : '7']);
  return join(devices, name);
}

/** What /dev/stdout is: a link to wherever the process writes. */
function stream(name: string, descriptor: number): string {
  symlinkSync(`/proc/self/fd/${descriptor}`, join(devices, name));
  return join(devices, name);
}

function isCard(text: string): boolean {
  return (JSON.parse(text) as { name: string }).name === 'Claude Haiku 4.5';
}

test.each(['-', 'stdout', '/dev/fd/1', '/proc/self/fd/1'])('--out %s writes the card to standard output, and the rest to stderr', async (name) => {
  const out = name === 'stdout' ? stream(name, 1) : name;
  const { code, stdout, stderr } = await write(out);
  expect(code).toBe(0);
  expect(isCard(stdout)).toBe(true);
  expect(stderr).toMatch(WROTE);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['-', 'stdout'])('--out %s in a pipe and into a file is whole, and the link to standard output stays one', async (name) => {
  const link = stream('stdout', 1);
  const out = name === 'stdout' ? link : name;
  expect(isCard((await shell(out, '2>/dev/null | cat')).stdout)).toBe(true);
  writeFileSync(join(folder, 'log'), 'before\n');
  expect((await shell(out, '2>/dev/null >> log')).code).toBe(0);
  const log = readFileSync(join(folder, 'log'), 'utf8');
  expect(log.startsWith('before\n')).toBe(true);
  expect(isCard(log.replace('before\n', ''))).toBe(true);
  expect(readlinkSync(link)).toBe('/proc/self/fd/1');
  expect(readdirSync(folder)).toEqual(['log']);
});

test('a link to stderr, as /dev/stderr is one, writes the card there', async () => {
  const { code, stderr, stdout } = await shell(stream('stderr', 2), '2> errors');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(WROTE);
  expect(isCard(readFileSync(join(folder, 'errors'), 'utf8'))).toBe(true);
});

test('another descriptor and a pipe are written to where they are', async () => {
  expect((await shell('/dev/fd/3', '3> third')).stdout).toMatch(WROTE);
  expect(isCard(readFileSync(join(folder, 'third'), 'utf8'))).toBe(true);
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  const { stdout } = await shell('fifo', '>/dev/null & cat fifo; wait');
  expect(isCard(stdout)).toBe(true);
  expect(lstatSync(join(folder, 'fifo')).isFIFO()).toBe(true);
});

test('a null device stays one', async () => {
  const path = device('null');
  const before = statSync(path);
  const { code, stdout } = await write(path);
  expect(code).toBe(0);
  expect(stdout).toMatch(WROTE);
  expect(statSync(path)).toMatchObject({ ino: before.ino, rdev: before.rdev, mode: before.mode });
});

if (existsSync('/dev/full')) {
  test('a full disk is said in words', async () => {
    const path = device('full');
    const before = statSync(path);
    expect(await write(path)).toEqual({
      code: 2, stdout: '', stderr: `--out cannot be written, got ${JSON.stringify(path)} (ENOSPC); expected a place with room on it: nothing is left there.\n`,
    });
    expect(statSync(path).ino).toBe(before.ino);
    expect(await shell('-', '> /dev/full')).toMatchObject({ code: 2, stderr: expect.stringContaining('Standard output cannot be written (ENOSPC)') as string });
  });
}

/** Runs with files of at most so many kibibytes, which stands for a disk that becomes full in the middle. */
async function limited(kibibytes: number, args: string, redirection: string): Promise<Ended> {
  const command = `ulimit -f ${kibibytes}; "$NODE" "$CLI" ${args} ${redirection}`;
  const env = { ...plane.environment(), NODE: process.execPath, CLI, PATH: process.env.PATH, HOME: folder };
  return new Promise((resolve) => {
    const child = execFile('bash', ['-c', command], { cwd: folder, env }, (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
  });
}

test.each([
  ['regions --json', 4], ['policy --from eu-west-1 --account 111122223333', 2], ['--help', 1], ['card --help', 1], [`${ARGS.join(' ')} -`, 4],
])('%s into a file that has no room for all of it fails, and does not say that it was written', async (args, kibibytes) => {
  expect(await limited(kibibytes, args, '> whole')).toEqual({
    code: 2, stdout: '', stderr: 'Standard output cannot be written (EFBIG); expected a place with room that can be written. The result is lost.\n',
  });
});

test('a file and stderr without room for the whole card are failures as well', async () => {
  expect(await limited(4, `${ARGS.join(' ')} card.json`, '')).toEqual({
    code: 2, stdout: '', stderr: '--out cannot be written, got "card.json" (EFBIG); expected a place where a file may be so large: nothing is left there.\n',
  });
  expect(readdirSync(folder)).toEqual([]);
  expect(await limited(4, `${ARGS.join(' ')} ${stream('stderr', 2)}`, '2> errors')).toMatchObject({ code: 2, stdout: '' });
});

test('links are followed and stay: to a file, to a link, to nothing yet, to a device', async () => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'card.json'), 'old');
  symlinkSync('real/card.json', join(folder, 'one'));
  symlinkSync(join(folder, 'one'), join(folder, 'two'));
  symlinkSync('real/new.json', join(folder, 'dangling'));
  symlinkSync('real', join(folder, 'folder'));
  const nothing = device('null');
  symlinkSync(nothing, join(folder, 'null'));
  for (const [link, target] of [['two', 'real/card.json'], ['dangling', 'real/new.json'], ['folder/other.json', 'real/other.json']]) {
    expect((await write(link)).code).toBe(0);
    expect([link, ModelCard.fromFile(join(folder, target)).name]).toEqual([link, 'Claude Haiku 4.5']);
    expect(lstatSync(join(folder, target)).isFile()).toBe(true);
  }
  expect((await write('null')).code).toBe(0);
  expect(['one', 'two', 'dangling', 'folder', 'null'].map((link) => readlinkSync(join(folder, link)))).toEqual(
    ['real/card.json', join(folder, 'one'), 'real/new.json', 'real', nothing]);
  expect(readdirSync(join(folder, 'real')).sort()).toEqual(['card.json', 'new.json', 'other.json']);
});

test.each([
  ['a folder', 'real', 'EISDIR', 'a file, and this is a folder'],
  ['a link to a folder', 'link', 'EISDIR', 'a file, and this is a folder'],
  ['a folder that does not exist', 'none/card.json', 'ENOENT', 'a file in a folder that exists'],
  ['a file as a folder', 'file/card.json', 'ENOTDIR', 'a file in a folder that exists'],
  ['a link to itself', 'loop', 'ELOOP', 'a link that ends somewhere'],
  ['a long name', 'x'.repeat(300), 'ENAMETOOLONG', 'a shorter name'],
])('%s is refused before AWS is asked, and nothing is left behind', async (_, out, code, expected) => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'file'), 'kept');
  symlinkSync('real', join(folder, 'link'));
  symlinkSync('loop', join(folder, 'loop'));
  const asked = plane.calls.length;
  expect(await write(out)).toEqual({ code: 2, stdout: '', stderr: `--out cannot be written, got ${JSON.stringify(out)} (${code}); expected ${expected}.\n` });
  expect(plane.calls).toHaveLength(asked);
  expect(readdirSync(folder).sort()).toEqual(['file', 'link', 'loop', 'real']);
  const { code: ended, stdout } = await write(out, '--json');
  expect([ended, (JSON.parse(stdout) as { error: { code: string } }).error.code]).toEqual([2, 'OUTPUT']);
});

test('a file keeps its mode, and is replaced as a whole', async () => {
  const file = join(folder, 'card.json');
  writeFileSync(file, 'x'.repeat(100_000));
  chmodSync(file, 0o640);
  const before = statSync(file);
  expect((await write('card.json')).code).toBe(0);
  expect(isCard(readFileSync(file, 'utf8'))).toBe(true);
  expect(statSync(file).mode).toBe(before.mode);
  expect(statSync(file).ino).not.toBe(before.ino);
  expect(readdirSync(folder)).toEqual(['card.json']);
});

test('a file or a folder that this user may not write is left as it is', () => {
  const file = join(folder, 'card.json');
  writeFileSync(file, 'old');
  chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  // The superuser may write everything, so the test gives that up for a moment.
  const superuser = process.getuid!() === 0;
  if (superuser) process.seteuid!(65534);
  try {
    for (const out of [file, join(folder, 'new.json')]) {
      expect(() => writeFile({ file: out, inPlace: false }, out, 'new')).toThrow(
        `--out cannot be written, got ${JSON.stringify(out)} (EACCES); expected a file and a folder that this user may write.`);
    }
  } finally {
    if (superuser) process.seteuid!(0);
    chmodSync(folder, 0o755);
  }
  expect(readdirSync(folder)).toEqual(['card.json']);
  expect(readFileSync(file, 'utf8')).toBe('old');
});

test('what fails half-way leaves nothing behind', () => {
  const file = join(folder, 'card.json');
  // A folder comes between: the name cannot be taken any more.
  mkdirSync(join(file, 'kept'), { recursive: true });
  expect(() => writeFile({ file, inPlace: false }, file, 'new')).toThrow(/^--out cannot be written, got .* \(E[A-Z]+\); expected a file/);
  expect(readdirSync(folder)).toEqual(['card.json']);
});

test('--json and the card do not share standard output', async () => {
  for (const out of ['-', '/dev/stdout']) {
    const { code, stdout } = await write(out, '--json');
    expect([code, (JSON.parse(stdout) as { error: { message: string } }).error.message]).toEqual([
      2, `--json and --out ${out} both write to standard output; expected one of them: a card file is JSON already.`,
    ]);
  }
});
