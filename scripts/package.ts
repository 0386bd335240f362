// npm run package:all: the package for each language named, into dist/. .NET as code only: building it takes the .NET SDK.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildGoPackage } from './languages/go-package';
import { DIST } from './languages/packages';
import { pacmak } from './languages/pacmak';
import { retried } from './languages/program';

const BUILDS: Record<string, () => unknown> = {
  js: () => pacmak('js', DIST),
  // pip fetches what builds the wheel.
  python: () => retried(() => pacmak('python', DIST)),
  java: () => pacmak('java', DIST),
  go: () => buildGoPackage(DIST),
  dotnet: () => pacmak('dotnet', DIST, ['--code-only']),
};

const targets = process.argv.slice(2);
const unknown = targets.filter((target) => !(target in BUILDS));
if (targets.length === 0 || unknown.length > 0) {
  console.error(`Not a list of packages, got ${JSON.stringify(targets)}; expected some of ${Object.keys(BUILDS).map((name) => JSON.stringify(name)).join(', ')}.`);
  process.exit(2);
}
for (const target of targets) {
  try {
    rmSync(join(DIST, target), { recursive: true, force: true });
    console.log(`Building dist/${target} ...`);
    BUILDS[target]();
  } catch (error) {
    // The others are built all the same.
    console.error(`dist/${target} could not be built.\n${(error as Error).message}`);
    process.exitCode = 1;
  }
}
