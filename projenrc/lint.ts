import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { awscdk } from 'projen';
import { HOUSE, INVOKE, INVOKE_FOLDERS, Room } from './house';

const BUILT_IN = [...builtinModules, 'node:*'];
/** The one place that reads files for the pure folders: docs/decisions/0009. */
const READS_FILES = 'src/private/text-file.ts';

/** The rules that keep the house in order: layers, size, and no leaking of handlers into the library. */
export function addLintRules(project: awscdk.AwsCdkConstructLibrary): void {
  const eslint = project.eslint!;
  eslint.addRules({
    'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
    '@typescript-eslint/no-explicit-any': ['error'],
    'import/no-cycle': ['error'],
    'import/order': ['warn', {
      groups: ['builtin', 'external'],
      alphabetize: { order: 'asc', caseInsensitive: true },
      // Once it is compiled, the package finds itself by its own name: that import is then no other than before.
      pathGroups: [{ pattern: 'cdk-bedrock-haiku', group: 'external' }],
      pathGroupsExcludedImportTypes: ['builtin'],
    }],
  });
  // Text from outside, as long as it likes to be, meets our expressions: none may take more than a step or so for each of its characters.
  eslint.addPlugins('regexp');
  eslint.addOverride({
    files: ['src/**/*.ts'],
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  });
  const unknown = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory() && !HOUSE.some(({ folder }) => folder === entry.name));
  if (unknown.length > 0) throw new Error(`src/${unknown[0].name} is not in the house; give it a place in projenrc/house.ts.`);
  HOUSE.forEach((room, floor) => eslint.addOverride(rulesOf(room, HOUSE.slice(floor + 1).map(({ folder }) => folder))));
  // The rule of a folder inside replaces the one around it, so it says both.
  const { folder: around, ...allowed } = HOUSE.find(({ folder }) => INVOKE.startsWith(`${folder}/`))!;
  const belowAround = HOUSE.slice(HOUSE.findIndex(({ folder }) => folder === around) + 1).map(({ folder }) => folder);
  INVOKE_FOLDERS.forEach((name, floor) => eslint.addOverride(
    rulesOf({ ...allowed, folder: `${INVOKE}/${name}` }, [...belowAround, ...INVOKE_FOLDERS.slice(floor + 1)])));
  eslint.addOverride({
    files: ['test/**', 'examples/**', 'scripts/**', 'bench/**'],
    rules: {
      'import/no-extraneous-dependencies': ['error', { devDependencies: true }],
      // The package by its own name: tsconfig and jest map it to src.
      'import/no-unresolved': ['error', { ignore: ['^cdk-bedrock-haiku$'] }],
    },
  });
  // A checksum is made of bits.
  eslint.addOverride({ files: ['src/handlers/invoke/stream/crc32.ts'], rules: { 'no-bitwise': ['off'] } });
}

/** What a folder must not import. */
function rulesOf({ folder, cdk = false, sdk = false }: Room, below: string[]) {
  const pure = !cdk && !sdk;
  const packages = [...cdk ? [] : ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'], ...sdk ? [] : ['@aws-sdk/*', '@smithy/*'], ...pure ? BUILT_IN : []];
  return {
    files: [`src/${folder}/**/*.ts`],
    excludedFiles: pure ? [READS_FILES] : [],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: cdk ? [{ name: 'aws-cdk-lib', message: 'Import the submodule (aws-cdk-lib/core, aws-cdk-lib/aws-iam): the root costs every user start-up time.' }] : [],
        patterns: [
          { group: packages, message: `src/${folder} ${pure ? 'is pure: no CDK, no SDK, nothing of Node.js.' : cdk ? 'ships to users, who install no SDK.' : 'runs where there is no CDK.'}` },
          ...below.length > 0 ? [{ group: below.map((name) => `**/${name}/**`), message: `src/${folder} uses only what stands above it in projenrc/house.ts.` }] : [],
        ],
      }],
      ...sdk && { 'import/no-extraneous-dependencies': ['error', { devDependencies: true }] },
    },
  };
}
