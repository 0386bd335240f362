// Bundles the handlers and the command line into assets/, and collects the licences of what is bundled with them.
// Usage: node scripts/bundle.mjs [--out=<folder>] [--packages=<file for a JSON list of the bundled packages>]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleBulk } from './bundle/bulk.mjs';
import { bundleCommandLine } from './bundle/command-line.mjs';
import { bundleCustomResources } from './bundle/custom-resources.mjs';
import { bundleHandlers } from './bundle/handlers.mjs';
import { bundledPackages, thirdPartyLicences } from './bundle/third-party-licences.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'assets' }, packages: { type: 'string' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(root, values.out);

rmSync(out, { recursive: true, force: true });
const metafiles = [];
for (const bundles of [bundleHandlers, bundleBulk, bundleCustomResources, bundleCommandLine]) metafiles.push(...await bundles(root, out));

const packages = bundledPackages(root, metafiles);
mkdirSync(join(out, 'licenses'));
writeFileSync(join(out, 'licenses', 'THIRD_PARTY_LICENSES'), thirdPartyLicences(packages));
if (values.packages) writeFileSync(values.packages, JSON.stringify(packages));
