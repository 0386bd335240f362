// Bundles each src/handlers/invoke-*.lambda.ts into the folder <out>/<name>:
// - index.js only requires main.cjs: Lambda imports it, and Node then searches the whole of that file for its exports;
// - main.cjs is the handler;
// - explain.cjs is what it loads when a call has failed.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './build.mjs';

/** The oldest Node.js among the Lambda runtimes that run a handler. */
export const LAMBDA_NODE = 22;

const EXPLAIN = './explain.cjs';

/** Leaves `import('.../explain.js')` to be loaded when it is reached. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/explain\.js$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: EXPLAIN, external: true } : undefined));
  },
};

export async function bundleHandlers(root, out) {
  const folder = join('src', 'handlers');
  const handlers = readdirSync(join(root, folder)).filter((file) => /^invoke-.*\.lambda\.ts$/.test(file));
  const { metafile } = await bundle(root, LAMBDA_NODE, {
    entryPoints: handlers.map((file) => ({ in: join(folder, file), out: join(basename(file, '.lambda.ts'), 'main') })),
    outdir: out,
    // An extension that needs no package.json to be understood: Node looks for none.
    outExtension: { '.js': '.cjs' },
    plugins: [apart],
  });
  const explain = await bundle(root, LAMBDA_NODE, { entryPoints: [join(folder, 'invoke', 'failures', 'explain.ts')], write: false });
  for (const file of handlers) {
    const to = join(out, basename(file, '.lambda.ts'));
    writeFileSync(join(to, EXPLAIN), explain.outputFiles[0].text);
    writeFileSync(join(to, 'index.js'), 'exports.handler = require("./main.cjs").handler;\n');
  }
  return [metafile, explain.metafile];
}
