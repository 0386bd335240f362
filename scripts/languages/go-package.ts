import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './language';
import { pacmak } from './pacmak';
import { runProgram } from './program';

/**
 * The oldest CDK for Go. Go's generated code repeats what it inherits, so it compiles only beside the CDK whose types it was
 * made from: that of 2.220.0 beside constructs 10.5 has two methods `With`, and 2.240.0 has moved `ResourceEnvironment`.
 */
export const GO_CDK = '2.240.0';
const CONSTRUCTS = '10.5.1';

const COPIED = ['src', 'assets', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE', 'snapshot.js', 'snapshot.d.ts'];

/** Compiles a copy of the package against Go's oldest CDK, and generates the Go module from that. */
export function goPackage(folder: string): string {
  const copy = join(folder, 'package');
  const modules = join(copy, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const entry of COPIED) cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
  const { bundledDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bundledDependencies: string[] };
  for (const entry of readdirSync(join(ROOT, 'node_modules'))) {
    const [from, to] = [join(ROOT, 'node_modules', entry), join(modules, entry)];
    // npm packs no link, so what goes into the tarball is copied.
    if (bundledDependencies.includes(entry)) cpSync(from, to, { recursive: true });
    else if (!['aws-cdk-lib', 'constructs'].includes(entry)) symlinkSync(from, to);
  }
  installCdk(join(folder, 'cdk'), modules);

  const flags = ['reserved-word', 'metadata/missing-dev-dependency'].map((warning) => `--silence-warnings=${warning}`);
  runProgram(copy, process.execPath, [join(ROOT, 'node_modules', 'jsii', 'bin', 'jsii'), ...flags]);
  const module_ = join(pacmak('go', join(folder, 'dist'), ['--code-only'], copy), 'cdkbedrockhaiku');
  withoutIndirectRequirements(join(module_, 'go.mod'));
  return module_;
}

function installCdk(folder: string, modules: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  runProgram(folder, 'npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `aws-cdk-lib@${GO_CDK}`, `constructs@${CONSTRUCTS}`]);
  for (const name of ['aws-cdk-lib', 'constructs']) symlinkSync(join(folder, 'node_modules', name), join(modules, name));
}

/** They are the versions that npm happened to install; the CDK's own go.mod says what it needs. */
function withoutIndirectRequirements(goMod: string): void {
  const lines = readFileSync(goMod, 'utf8').split('\n');
  writeFileSync(goMod, lines.filter((line) => !line.endsWith('// indirect')).join('\n'));
}
