// The programs that the checks with real tools need besides Node.js: says which are missing, or installs them.
// Usage: node scripts/required-tools.mjs [--install] [program...]    (all of them if none is named)
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const JDK = { expected: 'JDK 17 or later', matches: ([major]) => major >= 17, apt: 'openjdk-17-jdk-headless' };
/** What a program must say when it is asked for its version, and the Debian packages that bring it. */
const TOOLS = {
  'python3': { expected: 'Python 3.10 or later with venv', matches: ([major, minor]) => major === 3 && minor >= 10 && hasVenv(), apt: 'python3 python3-venv' },
  'javac': JDK,
  'javadoc': JDK,
  'mvn': { expected: 'Maven 3.8 or later', matches: ([major, minor]) => major > 3 || minor >= 8, apt: 'maven' },
  'go': { ask: ['version'], expected: 'Go 1.21 or later', matches: ([major, minor]) => major > 1 || minor >= 21, apt: 'golang-go' },
  'cmake': { expected: 'CMake', apt: 'cmake' },
  'g++': { expected: 'a C++ compiler', apt: 'g++' },
  'make': { expected: 'GNU Make', apt: 'make' },
  'xz': { expected: 'xz', apt: 'xz-utils' },
};

const { values, positionals } = parseArgs({ options: { install: { type: 'boolean', default: false } }, allowPositionals: true });
const wanted = positionals.length > 0 ? positionals : Object.keys(TOOLS);

let missing = wanted.flatMap(problemWith);
if (missing.length > 0 && values.install) {
  aptInstall(missing);
  missing = wanted.flatMap(problemWith);
}
for (const { name, got } of missing) {
  const { expected, apt } = TOOLS[name];
  console.error(`A program that the checks need is missing, got ${JSON.stringify(got)} for ${JSON.stringify(name)}; expected ${expected}. Install it (on Debian: apt-get install ${apt}) and put it on the PATH.`);
}
process.exit(missing.length > 0 ? 1 : 0);

function problemWith(name) {
  const { ask = ['--version'], matches = () => true } = TOOLS[name];
  const { status, stdout, stderr } = spawnSync(name, ask, { encoding: 'utf8' });
  if (status !== 0) return [{ name, got: null }];
  // Maven writes in colours.
  const got = `${stdout}${stderr}`.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n')[0].trim();
  return matches((/\d+(\.\d+)*/.exec(got)?.[0] ?? '0').split('.').map(Number)) ? [] : [{ name, got }];
}

/** Debian leaves venv out of python3. */
function hasVenv() {
  return spawnSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status === 0;
}

/** As the superuser only, and only where there is apt-get; what it cannot bring is named afterwards. */
function aptInstall(tools) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
  const packages = [...new Set(tools.flatMap(({ name }) => TOOLS[name].apt.split(' ')))];
  const aptGet = (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...args];
    return spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  console.error(`Installing ${packages.join(', ')} ...`);
  aptGet('update', '--quiet');
  // One by one: a package that there is not must not keep the others away.
  for (const each of packages) aptGet('install', '--yes', '--quiet', '--no-install-recommends', each);
}
