// Bundles src/cli/main.ts into assets/cli/index.js: one minified CommonJS file that needs Node.js and nothing else.
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { slimSchemas } from './slim-schemas.mjs';

const common = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  legalComments: 'none',
};

/**
 * Bundles what asks AWS by itself first, and puts it in as one module that only `import()` evaluates: offline commands do not
 * load the SDK, and esbuild still leaves out what is unused of it, which it does not in a file that it makes lazy itself.
 */
const online = {
  name: 'online',
  setup({ initialOptions: { absWorkingDir }, onResolve, onLoad }) {
    onResolve({ filter: /\/online\.js$/ }, () => ({ path: 'online', namespace: 'online' }));
    onLoad({ filter: /.*/, namespace: 'online' }, async () => {
      const { outputFiles } = await build({
        ...common, absWorkingDir, entryPoints: [join('src', 'cli', 'online.ts')], write: false, plugins: [slimSchemas],
      });
      return { contents: outputFiles[0].text, loader: 'js', resolveDir: absWorkingDir };
    });
  },
};

export async function bundleCli(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outfile = join('assets', 'cli', 'index.js');
  await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [join('src', 'cli', 'main.ts')],
    outfile,
    banner: { js: '#!/usr/bin/env node' },
    define: { PACKAGE_VERSION: JSON.stringify(version) },
    plugins: [online],
  });
  chmodSync(join(root, outfile), 0o755);
}
