import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './language';
import { runProgram } from './program';

const COPIED = ['src', 'assets', 'examples', 'test/tsconfig.json', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE', 'snapshot.js', 'snapshot.d.ts'];

/** The folders of the CDK and of constructs that a copy uses in place of the repository's own. */
export interface Peers {
  readonly 'aws-cdk-lib': string;
  readonly 'constructs': string;
}

/** A copy of the package that shares everything with the repository but its peers, compiled against those. */
export function compiledCopy(folder: string, peers: Peers, change = (_copy: string): void => {}): string {
  const copy = join(folder, 'package');
  const modules = join(copy, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const entry of COPIED) cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
  const { bundledDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bundledDependencies: string[] };
  for (const entry of readdirSync(join(ROOT, 'node_modules'))) {
    const [from, to] = [join(ROOT, 'node_modules', entry), join(modules, entry)];
    // npm packs no link, so what goes into the tarball is copied.
    if (bundledDependencies.includes(entry)) cpSync(from, to, { recursive: true });
    else if (!(entry in peers)) symlinkSync(from, to);
  }
  for (const [name, target] of Object.entries(peers)) symlinkSync(target as string, join(modules, name));
  change(copy);
  const flags = ['reserved-word', 'metadata/missing-dev-dependency'].map((warning) => `--silence-warnings=${warning}`);
  runProgram(copy, process.execPath, [join(ROOT, 'node_modules', 'jsii', 'bin', 'jsii'), ...flags]);
  return copy;
}
