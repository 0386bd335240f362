// Rewrites lib/**/*.js so that a file loads another one when it first uses it, as aws-cdk-lib does: an app then pays only for
// what it calls. What is needed to define a class (`extends`) still loads at once.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What TypeScript writes for an import; the number at the end keeps its names apart from all others. */
const REQUIRED = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/gm;

/** An export of another file's name. */
const EXPORTED = /^Object\.defineProperty\(exports, ("\w+"), (?={ enumerable: true, get: function \(\) { return \w+_\d+\.)/gm;

/** The same module with its imports put off. Leaves alone what has been put off already. */
export function lazyRequires(source) {
  const names = [...source.matchAll(REQUIRED)].map(([, name]) => name);
  return names.reduce(
    // In parentheses after `new`, which would otherwise take the call for its own arguments.
    (text, name) => text.replaceAll(new RegExp(`(\\bnew )?\\b${name}\\.`, 'g'), (_, made) => made ? `new (${name}()).` : `${name}().`),
    source
      .replaceAll(REQUIRED, 'let $1 = () => { const loaded = $2; $1 = () => loaded; return loaded; };')
      // Node.js offers an ES module only the names whose getters it understands, unless it takes the definition for something else:
      // then `exports.Name = void 0` above it counts.
      .replaceAll(EXPORTED, 'Object.defineProperty(exports, ($1), '),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lib = fileURLToPath(new URL('../lib', import.meta.url));
  for (const file of readdirSync(lib, { recursive: true }).filter((name) => name.endsWith('.js'))) {
    const source = readFileSync(join(lib, file), 'utf8');
    writeFileSync(join(lib, file), lazyRequires(source));
  }
}
