// Bundles each handler that is compared, and says where it stands. Ours is the bundle that ships, untouched.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const DEFAULT = { bundle: true, minify: true, platform: 'node', target: 'node22', format: 'cjs', legalComments: 'none' };

export const BUFFERED = [
  { name: 'ours', title: '**HaikuInvoker**' },
  { name: 'hand-signed', title: '(c) hand-signed `node:https`, the limit', source: 'hand-signed' },
  { name: 'runtime-sdk', title: "(a) the runtime's own SDK", source: 'sdk', external: ['@aws-sdk/*'] },
  { name: 'bundled-sdk', title: '(b) SDK bundled the default way', source: 'sdk' },
  { name: 'empty', title: '(d) empty, no call', source: 'empty' },
];
export const STREAMED = [
  { name: 'ours-stream', title: '**HaikuInvoker**, streaming' },
  { name: 'hand-signed-stream', title: '(c) hand-signed', source: 'hand-signed-stream' },
  { name: 'runtime-sdk-stream', title: "(a) the runtime's own SDK", source: 'sdk-stream', external: ['@aws-sdk/*'] },
  { name: 'bundled-sdk-stream', title: '(b) SDK bundled the default way', source: 'sdk-stream' },
];

const SHIPPED = { 'ours': 'invoke-model', 'ours-stream': 'invoke-model-stream' };

export async function bundleVariants(root, work) {
  for (const variant of [...BUFFERED, ...STREAMED]) {
    variant.folder = join(work, 'handlers', variant.name);
    rmSync(variant.folder, { recursive: true, force: true });
    mkdirSync(variant.folder, { recursive: true });
    if (variant.source) {
      await build({
        ...DEFAULT,
        entryPoints: [join(root, 'bench/invoker/handlers', `${variant.source}.mjs`)],
        outfile: join(variant.folder, 'index.js'),
        nodePaths: [join(work, 'sdk/node_modules')],
        external: variant.external ?? [],
      });
    } else {
      cpSync(join(root, 'assets', SHIPPED[variant.name]), variant.folder, { recursive: true });
    }
    // What an init and a call that succeeds read.
    const files = readdirSync(variant.folder).filter((file) => ['index.js', 'main.cjs'].includes(file)).map((file) => join(variant.folder, file));
    variant.bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    variant.zipped = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  }
}
