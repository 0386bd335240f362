import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files directly in a folder, by name. */
export function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
