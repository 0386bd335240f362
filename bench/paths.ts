import { join } from 'node:path';

const root = join(__dirname, '..');

/** Where the benchmark reads and writes. What it installs and synthesises is under `.bench`, which git leaves alone. */
export const paths = {
  root,
  apps: join(root, 'bench', 'apps'),
  peersManifest: join(root, 'bench', 'peers', 'package.json'),
  page: join(root, 'docs', 'performance.md'),
  tarballs: join(root, '.bench', 'tarballs'),
  peers: join(root, '.bench', 'peers'),
  installedApps: join(root, '.bench', 'peers', 'apps'),
  assemblies: join(root, '.bench', 'assemblies'),
};
