// npm run example <folder of examples/> [command and options of the CDK CLI]: runs the CDK CLI there; without a command it synthesises.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES = join(__dirname, '..', 'examples');
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'app.ts')));

const [name, ...command] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`Not an example, got ${JSON.stringify(name ?? null)}; expected one of ${names.join(', ')}. For example: npm run example ${names[0]}`);
  process.exit(2);
}
const cdk = join(__dirname, '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');
const { status } = spawnSync(process.execPath, [cdk, ...(command.length > 0 ? command : ['synth'])], { cwd: join(EXAMPLES, name), stdio: 'inherit' });
process.exit(status ?? 1);
