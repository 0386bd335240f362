// Bundles each src/handlers/bulk-*.lambda.ts into <out>/<name>/index.js.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './build.mjs';
import { LAMBDA_NODE } from './handlers.mjs';
import { slimValidator } from './slim-validator.mjs';

export async function bundleBulk(root, out) {
  const folder = join('src', 'handlers');
  const handlers = readdirSync(join(root, folder)).filter((file) => /^bulk-.*\.lambda\.ts$/.test(file));
  const { metafile } = await bundle(root, LAMBDA_NODE, {
    entryPoints: handlers.map((file) => ({ in: join(folder, file), out: join(basename(file, '.lambda.ts'), 'index') })),
    outdir: out,
    plugins: [slimValidator],
  });
  return [metafile];
}
