import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What may be shipped inside a package under Apache-2.0. */
export const ALLOWED_LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

export interface ShippedPackage {
  readonly name: string;
  readonly licence?: string;
  /** The licence's text, as it is shipped. */
  readonly text: string;
}

/** The packages whose code esbuild takes into the bundles, from the very script that makes them; it makes them again, elsewhere. */
export function bundledPackages(): ShippedPackage[] {
  const folder = mkdtempSync(join(tmpdir(), 'haiku-bundles-'));
  try {
    const list = join(folder, 'packages.json');
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'bundle.mjs'), `--out=${join(folder, 'assets')}`, `--packages=${list}`], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(readFileSync(list, 'utf8')) as ShippedPackage[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The packages that npm puts into the tarball whole. */
export function bundledDependencies(): ShippedPackage[] {
  const { bundledDependencies: names } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bundledDependencies: string[] };
  return names.map((name) => {
    const folder = join(ROOT, 'node_modules', name);
    const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string };
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return { name, licence: license, text: file ? readFileSync(join(folder, file), 'utf8') : '' };
  });
}

/** The file of licences in the package. */
export function thirdPartyLicences(): string {
  return readFileSync(join(ROOT, 'assets', 'licenses', 'THIRD_PARTY_LICENSES'), 'utf8');
}
