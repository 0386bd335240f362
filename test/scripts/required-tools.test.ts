import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'scripts', 'required-tools.mjs');

let bin: string;
beforeEach(() => { bin = mkdtempSync(join(tmpdir(), 'required-tools-')); });
afterEach(() => rmSync(bin, { recursive: true }));

/** A program on the PATH of the check, which finds no other. */
function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function check(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { env: { PATH: bin }, encoding: 'utf8' });
  return { status, stderr };
}

test('programs that are there and new enough are all that is asked for', () => {
  program('go', 'echo "go version go1.25.1 linux/amd64"');
  program('mvn', 'printf "\\033[1mApache Maven 3.8.7\\033[m\\n"');
  program('javac', 'echo "javac 17.0.15" >&2');
  program('python3', 'echo "Python 3.11.7"');
  program('make', 'echo "GNU Make 4.3"');
  expect(check('go', 'mvn', 'javac', 'python3', 'make')).toEqual({ status: 0, stderr: '' });
});

test('a program that is not there is named, with what is expected and how to get it', () => {
  expect(check('javac')).toEqual({
    status: 1,
    stderr: 'A program that the checks need is missing, got null for "javac"; expected JDK 17 or later. '
      + 'Install it (on Debian: apt-get install openjdk-17-jdk-headless) and put it on the PATH.\n',
  });
});

test.each([
  ['go', 'go version go1.19.8 linux/amd64', 'Go 1.21 or later', 'golang-go'],
  ['javac', 'javac 11.0.2', 'JDK 17 or later', 'openjdk-17-jdk-headless'],
  ['mvn', 'Apache Maven 3.6.3', 'Maven 3.8 or later', 'maven'],
  ['python3', 'Python 3.9.2', 'Python 3.10 or later with venv', 'python3 python3-venv'],
])('%s that is too old is as good as none', (name, version, expected, packages) => {
  program(name, `echo "${version}"`);
  expect(check(name)).toEqual({
    status: 1,
    stderr: `A program that the checks need is missing, got "${version}" for "${name}"; expected ${expected}. Install it (on Debian: apt-get install ${packages}) and put it on the PATH.\n`,
  });
});

test('Python without venv is not enough', () => {
  program('python3', 'if [ "$1" = -c ]; then exit 1; fi; echo "Python 3.11.7"');
  expect(check('python3')).toMatchObject({ status: 1, stderr: expect.stringContaining('got "Python 3.11.7" for "python3"') as string });
});

describe('--install', () => {
  beforeEach(() => program('sudo', 'shift; exec "$@"'));

  test('gets what is missing from apt-get, and nothing else', () => {
    program('make', 'echo "GNU Make 4.3"');
    program('apt-get', `echo "$@" >> "${bin}/log"; if [ "$1" = install ]; then printf '#!/bin/sh\\necho xz 5.4' > "${bin}/xz"; /bin/chmod +x "${bin}/xz"; fi`);
    expect(check('--install', 'make', 'xz')).toEqual({ status: 0, stderr: 'Installing xz-utils ...\n' });
    expect(readFileSync(join(bin, 'log'), 'utf8')).toBe('update --quiet\ninstall --yes --quiet --no-install-recommends xz-utils\n');
  });

  test('says what apt-get could not bring', () => {
    program('apt-get', 'exit 100');
    const { status, stderr } = check('--install', 'xz');
    expect(status).toBe(1);
    expect(stderr).toContain('got null for "xz"; expected xz. Install it (on Debian: apt-get install xz-utils)');
  });

  test('without apt-get says the same', () => {
    expect(check('--install', 'xz')).toMatchObject({ status: 1, stderr: expect.stringContaining('got null for "xz"') as string });
  });
});
