import { build } from 'esbuild';

/** What all bundles have in common: one minified CommonJS file for Node.js, the same on every machine. */
const OPTIONS = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  // ES modules where a package has them: what is not used is then left out.
  mainFields: ['module', 'main'],
  // Fields without a value need no declaration.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  // They are collected in one file for all bundles: see third-party-licences.mjs.
  legalComments: 'none',
  metafile: true,
};

/** Bundles for one version of Node.js, and returns esbuild's result. */
export function bundle(root, node, options) {
  return build({ ...OPTIONS, absWorkingDir: root, target: `node${node}`, ...options });
}
