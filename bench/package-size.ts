import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packed, Tarball } from './install';
import { paths } from './paths';

/** What a package weighs, in bytes. */
export interface PackageSize {
  readonly name: string;
  readonly size: number;
  readonly unpackedSize: number;
}

/** What an installed package weighs when it is packed again. */
export function installedSize(name: string): PackageSize {
  return packed(join(paths.peers, 'node_modules', name), '--dry-run');
}

/** The part of a package without its bundles (handlers, command line), packed by itself from the folder that holds its files. */
export function sizeWithoutBundles(tarball: Tarball, folder: string): PackageSize {
  const files = tarball.files.filter(({ path }) => !path.startsWith('assets/'));
  const archive = execFileSync('tar', ['-czf', '-', '-C', folder, ...files.map(({ path }) => path)], { maxBuffer: 2 ** 28 });
  return { name: tarball.name, size: archive.length, unpackedSize: files.reduce((sum, file) => sum + file.size, 0) };
}
