// Bundles each src/handlers/invoke-*.lambda.ts into the folder <out>/<name>:
// - index.js only requires main.cjs: Lambda imports it, and Node then searches the whole of that file for its exports;
// - main.cjs is the handler.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './build.mjs';

/** The oldest Node.js among the Lambda runtimes that run a handler. */
export const LAMBDA_NODE = 22;

export async function bundleHandlers(root, out) {
  const folder = join('src', 'handlers');
  const handlers = readdirSync(join(root, folder)).filter((file) => /^invoke-.*\.lambda\.ts$/.test(file));
  const { metafile } = await bundle(root, LAMBDA_NODE, {
    entryPoints: handlers.map((file) => ({ in: join(folder, file), out: join(basename(file, '.lambda.ts'), 'main') })),
    outdir: out,
    // An extension that needs no package.json to be understood: Node looks for none.
    outExtension: { '.js': '.cjs' },
  });
  for (const file of handlers) {
    writeFileSync(join(out, basename(file, '.lambda.ts'), 'index.js'), 'exports.handler = require("./main.cjs").handler;\n');
  }
  return [metafile];
}
