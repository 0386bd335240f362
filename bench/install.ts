import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './paths';

/** The package as npm would publish it. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** Bytes to download. */
  readonly size: number;
  /** Bytes on disk. */
  readonly unpackedSize: number;
  readonly files: Array<{ path: string; size: number }>;
}

/** What npm would publish from a folder. */
export function packed(folder: string, ...options: string[]): Tarball {
  const answer = JSON.parse(npm(folder, 'pack', '--json', '--ignore-scripts', ...options));
  // npm 11 answers with a list or with an object by name, depending on its minor version.
  return Object.values(answer)[0] as Tarball;
}

/** Installs the peers at their pinned versions, and beside them this package from its tarball: what users get. */
export function install(): Tarball {
  mkdirSync(paths.peers, { recursive: true });
  rmSync(paths.tarballs, { recursive: true, force: true });
  mkdirSync(paths.tarballs, { recursive: true });
  const tarball = packed(paths.root, '--pack-destination', paths.tarballs);
  cpSync(paths.peersManifest, join(paths.peers, 'package.json'));
  // Another build of the same version must not be taken for the installed one.
  rmSync(join(paths.peers, 'node_modules', tarball.name), { recursive: true, force: true });
  npm(paths.peers, 'install', '--no-audit', '--no-fund', '--ignore-scripts');
  npm(paths.peers, 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', join(paths.tarballs, tarball.filename));
  rmSync(paths.installedApps, { recursive: true, force: true });
  cpSync(paths.apps, paths.installedApps, { recursive: true });
  return tarball;
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' });
}
