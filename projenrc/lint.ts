import { awscdk } from 'projen';

/** What the pure layers may import besides their own folder and the plain errors. */
const LAYERS: Record<string, string[]> = {
  catalog: [],
  routing: ['catalog'],
  policy: ['catalog', 'routing'],
};
const ALL_FOLDERS = [
  'catalog', 'cli', 'custom-resource', 'in-region', 'inference-profile', 'invocable-model', 'invoker', 'live', 'logging', 'policy', 'preflight', 'routing',
];

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
  for (const [layer, above] of Object.entries(LAYERS)) {
    const foreign = ALL_FOLDERS.filter((folder) => folder !== layer && !above.includes(folder));
    eslint.addOverride({
      files: [`src/${layer}/**/*.ts`],
      rules: {
        'no-restricted-imports': ['error', {
          patterns: [
            { group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', '@aws-sdk/*', '@smithy/*', 'node:*'], message: `src/${layer} is pure: no CDK, no SDK, no I/O.` },
            { group: foreign.map((folder) => `**/${folder}/**`), message: `src/${layer} uses only the layers above it.` },
          ],
        }],
      },
    });
  }
  eslint.addOverride({
    files: ['src/index.ts', 'src/{custom-resource,in-region,inference-profile,invocable-model,invoker,logging,preflight}/*.ts'],
    excludedFiles: ['src/**/*.lambda.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: [{ name: 'aws-cdk-lib', message: 'Import the submodule (aws-cdk-lib/core, aws-cdk-lib/aws-iam): the root costs every user start-up time.' }],
        patterns: [{ group: ['**/*.lambda', '**/runtime/*', '@aws-sdk/*', '@smithy/*'], allowTypeImports: true, message: 'Handlers run in Lambda; the library never imports them.' }],
      }],
    },
  });
  eslint.addOverride({
    files: ['src/**/*.lambda.ts', 'src/**/runtime/*.ts', 'src/live/*.ts', 'src/cli/*.ts'],
    rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true }] },
  });
  eslint.addOverride({
    files: ['test/**', 'examples/**', 'scripts/**', 'bench/**'],
    rules: {
      'import/no-extraneous-dependencies': ['error', { devDependencies: true }],
      // The package by its own name: tsconfig and jest map it to src.
      'import/no-unresolved': ['error', { ignore: ['^cdk-bedrock-haiku$'] }],
    },
  });
}
