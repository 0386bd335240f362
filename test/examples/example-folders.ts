import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of all examples. */
export const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** The examples that are TypeScript apps. */
export const NAMES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(EXAMPLES, entry.name)).includes('app.ts'))
  .map(({ name }) => name);
