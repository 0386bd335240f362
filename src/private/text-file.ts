import { readFileSync } from 'fs';
import { HaikuError, shown } from './errors';

/** The text of a file. The pure layers judge text; this is the one place that reads it for them. */
export function readText(path: string): string {
  try {
    // A number would be read as an open file, 0 as standard input.
    if (typeof path !== 'string') throw new TypeError('not a path');
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new HaikuError(
      `File cannot be read, got ${shown(path)} (${(error as NodeJS.ErrnoException).code ?? String(error)}); expected a model card file. `
      + 'A relative path starts where the app runs: use path.join(__dirname, ...), and write the file with npx cdk-bedrock-haiku card --from-account.');
  }
}
