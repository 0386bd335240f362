// Rewrites lib/index.js so that an export loads its file when it is first read: an app pays for the constructs that it uses.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REQUIRED = /^var (\w+) = (require\("\.\/[^"]+"\));\n/gm;
const GETTER = /get: function \(\) { return (\w+)\.(\w+); }/g;

/** The same module with every `require` moved into the getters that need it. Leaves alone what has been moved already. */
export function lazyExports(source) {
  const files = new Map([...source.matchAll(REQUIRED)].map(([, name, required]) => [name, required]));
  const lazy = source.replace(REQUIRED, '').replace(GETTER, (getter, name, exported) =>
    files.has(name) ? `get: function () { return ${files.get(name)}.${exported}; }` : getter);
  const eager = lazy.split('\n').filter((line) => line.includes('require(') && !line.startsWith('Object.defineProperty(exports, '));
  if (eager.length > 0) {
    throw new Error(`lib/index.js has lines in a form that this script does not know, got ${JSON.stringify(eager)}; `
      + 'expected `var x = require("./file");` and one getter for each export. src/index.ts holds named exports and nothing else.');
  }
  return lazy;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const index = fileURLToPath(new URL('../lib/index.js', import.meta.url));
  writeFileSync(index, lazyExports(readFileSync(index, 'utf8')));
}
