// TypeScript for Jest; tsc checks the types (npm run typecheck). Both projects share what is cached of it.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const OPTIONS = {
  loader: 'ts', format: 'cjs', platform: 'node', target: 'es2022', sourcemap: true, sourcesContent: false, banner: '"use strict";',
  // Jest resolves `require` alone.
  supported: { 'dynamic-import': false },
};

module.exports = {
  getCacheKey: (text, path, { instrument }) => createHash('sha256').update(JSON.stringify([version, OPTIONS, path, instrument, text])).digest('hex'),
  process: (text, path) => transformSync(text, { ...OPTIONS, sourcefile: path }),
};
