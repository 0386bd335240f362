import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { metafile } from './handler-metafile';

const ROOT = join(__dirname, '..', '..');

/** What may be shipped inside a package under Apache-2.0. */
export const ALLOWED_LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

export interface ShippedPackage {
  readonly name: string;
  readonly licence: string;
}

/** The packages whose code is shipped: bundled dependencies, and what esbuild took into the handlers. */
export function shippedPackages(): ShippedPackage[] {
  const { bundledDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bundledDependencies: string[] };
  const inputs = Object.values(metafile().outputs).flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([file]) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const folders = new Set([...inputs, ...bundledDependencies.map((name) => `node_modules/${name}`)]);
  return [...folders].sort().map((folder) => {
    const { name, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as { name: string; license?: string };
    return { name, licence: license ?? `none in ${dirname(folder)}` };
  });
}
