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

/** The real runtime client of the Lambda Node.js runtime, or undefined where it is not installed. */
export function findRic(folder = process.env[RIC_FOLDER_VARIABLE] ?? RIC_FOLDER): Driver | undefined {
  const client = join(folder, 'node_modules/aws-lambda-ric/index.mjs');
  return existsSync(client) ? { name: 'aws-lambda-ric', args: [client] } : undefined;
}
