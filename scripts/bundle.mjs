// Bundles each src/**/<name>.lambda.ts into assets/<name>/index.js: one minified CommonJS file, the same on every machine.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const handlers = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.lambda.ts'));

rmSync(join(root, 'assets'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: handlers.map((file) => ({ in: join('src', file), out: join(basename(file, '.lambda.ts'), 'index') })),
  outdir: 'assets',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // ES modules where a package has them: what is not used is then left out.
  mainFields: ['module', 'main'],
  alias: { '@smithy/core/serde': './scripts/bundle/serde.mjs' },
  legalComments: 'none',
  metafile: true,
});
// For the licence check: which packages' code is in the bundles.
if (process.argv[2]) writeFileSync(process.argv[2], JSON.stringify(metafile));
