// Installs what the bench compares with, once, into the ignored folder .bench.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const NODES = ['22', '24'];
const SDK = '@aws-sdk/client-bedrock-runtime@3.1162.0';
const RIC = 'aws-lambda-ric@4.0.2';

export function installTools(work) {
  for (const major of NODES) install(work, `node${major}`, `node@${major}`, 'node_modules/node/bin/node');
  install(work, 'sdk', SDK, 'node_modules/@aws-sdk/client-bedrock-runtime/package.json');
  // Compiles its native part: needs cmake, make, a C++ compiler and xz.
  install(work, 'ric', RIC, 'node_modules/aws-lambda-ric/rapid-client.node');
  const [key, cert] = [join(work, 'key.pem'), join(work, 'cert.pem')];
  if (!existsSync(cert)) {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3650',
      '-keyout', key, '-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
  }
  return {
    key,
    cert,
    ric: join(work, 'ric/node_modules/aws-lambda-ric/index.mjs'),
    sdk: join(work, 'sdk/node_modules'),
    node: (major) => join(work, `node${major}/node_modules/node/bin/node`),
  };
}

function install(work, folder, name, proof) {
  const prefix = join(work, folder);
  if (existsSync(join(prefix, proof))) return;
  mkdirSync(prefix, { recursive: true });
  console.error(`Installing ${name} ...`);
  spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, name], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(join(prefix, proof))) throw new Error(`npm install ${name} left no ${proof} in ${prefix}`);
}
