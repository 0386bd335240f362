// Bundles each src/invoker/**/<name>.lambda.ts into <out>/<name>/main.cjs, and writes an index.js that requires it: Lambda
// imports index.js, and Node 22 then searches the whole of that file for its exports.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './build.mjs';

/** The oldest Node.js among the Lambda runtimes that run a handler. */
export const LAMBDA_NODE = 22;

export async function bundleHandlers(root, out) {
  const folder = join('src', 'invoker');
  const handlers = readdirSync(join(root, folder), { recursive: true }).filter((file) => file.endsWith('.lambda.ts'));
  const { metafile } = await bundle(root, LAMBDA_NODE, {
    entryPoints: handlers.map((file) => ({ in: join(folder, file), out: join(basename(file, '.lambda.ts'), 'main') })),
    outdir: out,
    // An extension that needs no package.json to be understood: Node looks for none.
    outExtension: { '.js': '.cjs' },
    alias: { '@smithy/core/serde': './scripts/bundle/serde.mjs' },
  });
  for (const file of handlers) {
    writeFileSync(join(out, basename(file, '.lambda.ts'), 'index.js'), 'exports.handler = require("./main.cjs").handler;\n');
  }
  return [metafile];
}
