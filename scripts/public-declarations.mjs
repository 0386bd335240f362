// Deletes the declarations in lib/ that no public one refers to: users cannot name what they declare, and they are a part of each download.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What package.json's `exports` gives types for. */
const ENTRIES = ['index.d.ts', 'snapshot.d.ts', 'testing.d.ts'];
const lib = fileURLToPath(new URL('../lib', import.meta.url));

const needed = new Set();
function keep(file) {
  if (needed.has(file) || !existsSync(file)) return;
  needed.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) keep(resolve(dirname(file), `${path}.d.ts`));
}
for (const entry of ENTRIES) keep(join(lib, entry));
for (const file of readdirSync(lib, { recursive: true }).filter((name) => name.endsWith('.d.ts'))) {
  if (!needed.has(join(lib, file))) rmSync(join(lib, file));
}
