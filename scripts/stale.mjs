// Whether what a task makes is missing, or older than what it is made from. Exit code 0 says that it must be made: a condition of projen's.
// Usage: node scripts/stale.mjs <made> <file or folder it is made from>...
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [made, ...sources] = process.argv.slice(2);
const newest = Math.max(...sources.flatMap(files).map((file) => statSync(file).mtimeMs));
process.exit(!existsSync(made) || statSync(made).mtimeMs < newest ? 0 : 1);

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  // A folder's own time tells of a file that went.
  return [path, ...readdirSync(path, { recursive: true }).map((entry) => join(path, entry))];
}
