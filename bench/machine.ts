import { readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { paths } from './paths';

/** The machine and the versions that the figures are for. */
export function conditions(packages: string[]): string {
  const version = (name: string): string => JSON.parse(readFileSync(join(paths.peers, 'node_modules', name, 'package.json'), 'utf8')).version;
  return [
    `${type()}, ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}.`,
    `With ${['aws-cdk-lib', 'constructs', ...packages].map((name) => `\`${name}\` ${version(name)}`).join(', ')}.`,
  ].join(' ');
}
