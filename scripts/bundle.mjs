// Bundles each src/**/<name>.lambda.ts into assets/<name>: one minified CommonJS file, the same on every machine, and an
// index.js that requires it. Lambda imports index.js, and Node 22 then searches the whole of that file for its exports.
// Bundles each src/**/<name>.lambda.ts into assets/<name>/index.js: one minified CommonJS file, the same on every machine.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleCli } from './bundle-cli.mjs';
import { bundleCustomResources, CUSTOM_RESOURCES } from './bundle-custom-resources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const handlers = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.lambda.ts') && !file.endsWith(CUSTOM_RESOURCES));

rmSync(join(root, 'assets'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: handlers.map((file) => ({ in: join('src', file), out: join(basename(file, '.lambda.ts'), 'main') })),
  outdir: 'assets',
  // An extension that needs no package.json to be understood: Node looks for none.
  outExtension: { '.js': '.cjs' },
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
for (const file of handlers) {
  writeFileSync(join(root, 'assets', basename(file, '.lambda.ts'), 'index.js'), 'exports.handler = require("./main.cjs").handler;\n');
}
await bundleCustomResources(root);
await bundleCli(root);
// For the licence check: which packages' code is in the bundles.
if (process.argv[2]) writeFileSync(process.argv[2], JSON.stringify(metafile));
