// Installs the real Lambda runtime client (aws-lambda-ric) beside the project, where tests and benches find it.
// It is no dependency: it compiles for a minute and needs cmake, g++, make and xz.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '4.0.2';
const TOOLS = ['cmake', 'g++', 'make', 'xz'];

const folder = resolve(process.argv[2] ?? join(fileURLToPath(new URL('..', import.meta.url)), '.bench/ric'));
const native = join(folder, 'node_modules/aws-lambda-ric/rapid-client.node');
// The package comes with a binary; only one that was built here is known to load.
const built = join(folder, `.built-${VERSION}`);

if (existsSync(native) && existsSync(built)) {
  console.error(`aws-lambda-ric ${VERSION} is in ${folder}.`);
  process.exit(0);
}
const missing = TOOLS.filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error !== undefined);
if (missing.length > 0) {
  console.error(`aws-lambda-ric ${VERSION} is built from source and needs ${missing.join(', ')}: install what is missing and run this again.`);
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
// npm runs a package's build only where the installing project allows it.
const manifest = { private: true, dependencies: { 'aws-lambda-ric': VERSION }, allowScripts: { 'aws-lambda-ric': true } };
writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2) + '\n');
console.error(`Building aws-lambda-ric ${VERSION} in ${folder} (about 75 s) ...`);
const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts=false'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
const loads = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(native)})`], { env: { ...process.env, AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' }, encoding: 'utf8' });
if (status !== 0 || loads.status !== 0) {
  console.error(`aws-lambda-ric ${VERSION} could not be built (npm's exit status ${status}).\n${loads.stderr}`);
  process.exit(1);
}
writeFileSync(built, '');
