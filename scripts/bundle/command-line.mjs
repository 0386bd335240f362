// Bundles src/cli/main.ts into <out>/cli/index.js, which needs Node.js and nothing else.
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './build.mjs';
import { slimSdk } from './slim-sdk.mjs';

/** The oldest Node.js that the package may be used with. */
const NODE = 20;

/** What asks AWS, which only `import()` reaches. */
const ASKS = ['src/live', 'src/cli/online'];
const SDK_IMPORT = /^import \{([^}]+)\} from '(@aws-sdk\/[^']+)';$/gm;

/** What of the SDK is used, as one module would export it: its clients and commands. What else is imported are types. */
function usedOfSdk(root) {
  const files = ASKS.flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(root, folder, file)));
  const imports = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(SDK_IMPORT)]);
  const used = imports.flatMap(([, names, from]) => names.split(',').map((name) => name.trim()).filter((name) => /(?:Client|Command)$/.test(name)).map((name) => `export { ${name} } from '${from}';`));
  return [...new Set(used)].sort().join('\n');
}

/**
 * Bundles the SDK by itself first, and puts it in as one module: esbuild then leaves out what is unused of it, which it does not in what
 * `import()` reaches.
 */
function sdk(root, metafiles) {
  return {
    name: 'sdk',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@aws-sdk\/client-/ }, () => ({ path: 'sdk', namespace: 'sdk' }));
      onLoad({ filter: /.*/, namespace: 'sdk' }, async () => {
        const stdin = { contents: usedOfSdk(root), resolveDir: root };
        const { outputFiles, metafile } = await bundle(root, NODE, { stdin, write: false, plugins: [slimSdk] });
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
    plugins: [sdk(root, metafiles)],
  });
  chmodSync(outfile, 0o755);
  return [...metafiles, metafile];
}
