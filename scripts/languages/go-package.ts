import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledCopy } from './package-copy';
import { pacmak } from './pacmak';
import { runProgram } from './program';

/**
 * The oldest CDK for Go. Go's generated code repeats what it inherits, so it compiles only beside the CDK whose types it was
 * made from: that of 2.220.0 beside constructs 10.5 has two methods `With`, and 2.240.0 has moved `ResourceEnvironment`.
 */
export const GO_CDK = '2.240.0';
const CONSTRUCTS = '10.5.1';

/** Compiles a copy of the package against Go's oldest CDK, and generates the Go module from that, into `go` below the folder. */
export function buildGoPackage(dist: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'haiku-go-'));
  try {
    const cdk = join(folder, 'cdk');
    mkdirSync(cdk);
    writeFileSync(join(cdk, 'package.json'), JSON.stringify({ private: true }));
    runProgram(cdk, 'npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `aws-cdk-lib@${GO_CDK}`, `constructs@${CONSTRUCTS}`]);
    const modules = join(cdk, 'node_modules');

    const copy = compiledCopy(folder, { 'aws-cdk-lib': join(modules, 'aws-cdk-lib'), 'constructs': join(modules, 'constructs') });
    const generated = join(pacmak('go', dist, ['--code-only'], copy), 'cdkbedrockhaiku');
    withoutIndirectRequirements(join(generated, 'go.mod'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** They are the versions that npm happened to install; the CDK's own go.mod says what it needs. */
function withoutIndirectRequirements(goMod: string): void {
  const lines = readFileSync(goMod, 'utf8').split('\n');
  writeFileSync(goMod, lines.filter((line) => !line.endsWith('// indirect')).join('\n'));
}
