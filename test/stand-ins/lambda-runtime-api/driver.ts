import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where `scripts/install-ric.mjs` puts the runtime interface client, unless this variable names another folder. */
export const RIC_FOLDER_VARIABLE = 'LAMBDA_RIC_FOLDER';
const RIC_FOLDER = resolve(__dirname, '../../../.bench/ric');

/** What runs in the child process between Node and the handler. */
export interface Driver {
  readonly name: 'loop' | 'aws-lambda-ric';
  /** Node's arguments. */
  readonly args: string[];
}

/** A small runtime loop of our own: starts at once, installs nothing. */
export const LOOP: Driver = { name: 'loop', args: [join(__dirname, 'bootstrap.cjs')] };

/** Where this variable is set, the runtime interface client must be there. */
const REQUIRED_VARIABLE = 'LAMBDA_RIC_REQUIRED';

/** The real runtime client of the Lambda Node.js runtime, or undefined where it is not installed and not required. */
export function findRic(folder = process.env[RIC_FOLDER_VARIABLE] ?? RIC_FOLDER): Driver | undefined {
  const client = join(folder, 'node_modules/aws-lambda-ric/index.mjs');
  if (existsSync(client)) return { name: 'aws-lambda-ric', args: [client] };
  if (process.env[REQUIRED_VARIABLE]) {
    throw new Error(`The Lambda runtime client is not installed, got no file ${JSON.stringify(client)}; expected aws-lambda-ric there because ${REQUIRED_VARIABLE} is set. `
      + 'Run: node scripts/install-ric.mjs');
  }
  return undefined;
}
