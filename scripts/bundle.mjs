// Bundles each src/**/<name>.lambda.ts into the folder assets/<name>, the same on every machine, as minified CommonJS:
// - index.js only requires main.cjs: Lambda imports it, and Node then searches the whole of that file for its exports;
// - main.cjs is the handler;
// - call-metrics.cjs is what main.cjs loads while the first request is under way, so that no init has to read it.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleCli } from './bundle-cli.mjs';
import { bundleCustomResources, CUSTOM_RESOURCES } from './bundle-custom-resources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const handlers = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.lambda.ts') && !file.endsWith(CUSTOM_RESOURCES));

/** What a handler loads later stays a file of its own. */
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /\/call-metrics\.js$/ }, ({ kind }) => kind === 'dynamic-import' ? { path: './call-metrics.cjs', external: true } : undefined);
  },
};

rmSync(join(root, 'assets'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: handlers.flatMap((file) => [
    { in: join('src', file), out: join(basename(file, '.lambda.ts'), 'main') },
    { in: 'src/invoker/runtime/call-metrics.ts', out: join(basename(file, '.lambda.ts'), 'call-metrics') },
  ]),
  outdir: 'assets',
  // An extension that needs no package.json to be understood: Node looks for none.
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // import() of a CommonJS file would load Node's ES module loader with it.
  supported: { 'dynamic-import': false },
  plugins: [loadedLater],
  // ES modules where a package has them: what is not used is then left out.
  mainFields: ['module', 'main'],
  // Fields without a value need no declaration.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
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
