// Bundles src/cli/main.ts into <out>/cli/index.js, which needs Node.js and nothing else.
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './build.mjs';
import { slimSdk } from './slim-sdk.mjs';

/** The oldest Node.js that the package may be used with. */
const NODE = 20;

/**
 * Bundles what asks AWS by itself first, and puts it in as one module that only `import()` evaluates: offline commands do not
 * load the SDK, and esbuild still leaves out what is unused of it, which it does not in a file that it makes lazy itself.
 */
function online(root, metafiles) {
  return {
    name: 'online',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\/online\/index\.js$/ }, () => ({ path: 'online', namespace: 'online' }));
      onLoad({ filter: /.*/, namespace: 'online' }, async () => {
        const { outputFiles, metafile } = await bundle(root, NODE, { entryPoints: [join('src', 'cli', 'online', 'index.ts')], write: false, plugins: [slimSdk] });
        metafiles.push(metafile);
        return { contents: outputFiles[0].text, loader: 'js', resolveDir: root };
      });
    },
  };
}

/** Returns what esbuild says of the file, and of the bundle inside it. */
export async function bundleCommandLine(root, out) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outfile = join(out, 'cli', 'index.js');
  const metafiles = [];
  const { metafile } = await bundle(root, NODE, {
    entryPoints: [join('src', 'cli', 'main.ts')],
    outfile,
    banner: { js: '#!/usr/bin/env node' },
    define: { PACKAGE_VERSION: JSON.stringify(version) },
    plugins: [online(root, metafiles)],
  });
  chmodSync(outfile, 0o755);
  return [...metafiles, metafile];
}
