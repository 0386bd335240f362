// TypeScript for Jest. tsc checks the types (npm run typecheck). Both projects share what is cached, which ts-jest does not let them.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const OPTIONS = { loader: 'ts', format: 'cjs', platform: 'node', target: 'es2022', sourcemap: true, sourcesContent: false, banner: '"use strict";' };

module.exports = {
  getCacheKey: (text, path, { instrument }) => createHash('sha256').update(JSON.stringify([version, OPTIONS, path, instrument, text])).digest('hex'),
  process: (text, path) => transformSync(text, { ...OPTIONS, sourcefile: path }),
};
