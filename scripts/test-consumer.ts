// npm run test:consumer: the packed tarball in an app of its own, outside the repository, with only the two peers beside it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsumerApp } from './consumer/consumer-app';
import { ROOT } from './languages/language';

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
const NEWEST = devDependencies['aws-cdk-lib-newest'].split('@').pop()!;
const CDKS = [
  { cdk: devDependencies['aws-cdk-lib'], constructs: '10.0.5' },
  { cdk: NEWEST, constructs: '10.5.1' },
];

const APP = `
const app = new App();
const stack = new Stack(app, 'Consumer', { env: { account: '111122223333', region: 'eu-west-2' } });
const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
new HaikuInvoker(stack, 'Invoker', { target: haiku, maxTokens: 1024 });
const template = withoutHandlerHashes(Template.fromStack(stack).toJSON());
app.synth();
console.log(JSON.stringify(template));
`;
const NAMES: Array<[string, string]> = [
  ['App, Stack', 'aws-cdk-lib'], ['Template', 'aws-cdk-lib/assertions'],
  ['CrossRegionInferenceProfile, HaikuInvoker', 'cdk-bedrock-haiku'], ['withoutHandlerHashes', 'cdk-bedrock-haiku/snapshot'], ['runEscalation', 'cdk-bedrock-haiku/testing'],
];
const REQUIRES = NAMES.map(([names, from]) => `const { ${names} } = require('${from}');`).join('\n');
const IMPORTS = NAMES.map(([names, from]) => `import { ${names} } from '${from}';`).join('\n');

/** The first JavaScript of the README. */
const README_APP = /```js\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))![1];

/** What users may reach into, as they could before the package named its subpaths. */
const SUBPATHS = [
  'cdk-bedrock-haiku', 'cdk-bedrock-haiku/snapshot', 'cdk-bedrock-haiku/snapshot.js', 'cdk-bedrock-haiku/lib', 'cdk-bedrock-haiku/lib/index',
  'cdk-bedrock-haiku/lib/index.js', 'cdk-bedrock-haiku/lib/catalog/geography', 'cdk-bedrock-haiku/lib/catalog/geography.d.ts',
  'cdk-bedrock-haiku/package.json', 'cdk-bedrock-haiku/.jsii', 'cdk-bedrock-haiku/README.md',
  'cdk-bedrock-haiku/assets/invoke-model/index.js', 'cdk-bedrock-haiku/assets/cli/index.js',
];

/** What the README shows, and what else the values of one class are passed on to another as. */
const PASSED_ON = `
new HaikuInvoker(stack, 'Another', { target: new CrossRegionInferenceProfile(stack, 'AnotherHaiku') });
const card = ModelCard.CLAUDE_HAIKU_4_5;
const team: IInvocableModel = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: haiku });
const imported = ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'Imported', {
  inferenceProfileArn: 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/abc', copyFrom: haiku,
});
export const reference: IApplicationInferenceProfileRef = imported;
new HaikuPreflight(stack, 'Preflight', { target: imported.copyFrom });
const anywhere: IInvocableModel = new InRegionInference(stack, 'InRegion', { region: 'eu-west-1' });
export const targets = [team, imported, anywhere];
export const again = ModelCard.of({ ...ModelCard.CLAUDE_HAIKU_4_5, name: 'Mine', modelId: card.modelId, sourceUrl: card.sourceUrl, asOf: card.asOf,
  geoRoutes: card.geoRoutes, globalSources: card.globalSources, inRegionOnMantle: card.inRegionOnMantle, mantleModelId: card.mantleModelId, batch: card.batch,
  lifecycle: card.lifecycle, limits: card.limits, promptCaching: card.promptCaching, serviceTiers: card.serviceTiers, marketplaceProductId: card.marketplaceProductId });
new CrossRegionInferenceProfile(stack, 'Same', { model: again, routing: InferenceRouting.geo(Geography.EU), allowedRegions: haiku.destinationRegions });
`;
const PASSED_ON_NAMES = `import { IApplicationInferenceProfileRef } from 'aws-cdk-lib/aws-bedrock';
import { ApplicationInferenceProfile, Geography, HaikuPreflight, IInvocableModel, InferenceRouting, InRegionInference, ModelCard } from 'cdk-bedrock-haiku';`;

describe.each(CDKS)('beside aws-cdk-lib $cdk', ({ cdk, constructs }) => {
  let folder: string;
  let app: ConsumerApp;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'haiku-consumer-'));
    app = ConsumerApp.installed(folder, cdk, constructs);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('nothing but the package, its peers and what those bring is installed', () => {
    expect(app.installedPackages().sort()).toEqual(['@aws-cdk', '@types', 'aws-cdk-lib', 'cdk-bedrock-haiku', 'constructs', 'typescript', 'undici-types']);
  });

  test('CommonJS synthesises the template that the repository has pinned', () => {
    app.write('app.cjs', `${REQUIRES}\n${APP}`);
    const { status, output } = app.node('app.cjs');
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(JSON.parse(output.split('\n').find((line) => line.startsWith('{'))!)).toMatchSnapshot('template');
  });

  test('an ES module imports the same names', () => {
    app.write('app.mjs', `${IMPORTS}\n${APP}`);
    const { status, output } = app.node('app.mjs');
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(output).toContain('"S3Key":"<handler>.zip"');
  });

  test.each([['app.cts', 'node16'], ['app.mts', 'nodenext']])('tsc --strict takes %s, every library\'s declarations included', (file, module_) => {
    app.write(file, `${IMPORTS}\n${APP}`);
    expect(app.typeCheck(file, module_)).toEqual({ status: 0, output: '' });
  });

  test('the README\'s own app writes its template', () => {
    app.write('app.js', README_APP);
    const { status, output } = app.node('app.js');
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    const { Resources } = JSON.parse(readFileSync(join(folder, 'cdk.out', 'Haiku.template.json'), 'utf8')) as { Resources: Record<string, { Type: string }> };
    expect(Object.values(Resources).map(({ Type }) => Type)).toContain('AWS::Lambda::Function');
  });

  test('tsc takes it with exactOptionalPropertyTypes too', () => {
    // CDK's own declarations do not, so they are not checked.
    app.write('exact.mts', `${IMPORTS}\n${PASSED_ON_NAMES}\n${APP}\n${PASSED_ON}`);
    expect(app.typeCheck('exact.mts', 'nodenext', ['--exactOptionalPropertyTypes', '--skipLibCheck'])).toEqual({ status: 0, output: '' });
  });

  test.each(SUBPATHS)('%s is there for CommonJS', (subpath) => {
    const { status, output } = app.node('-p', `typeof require.resolve('${subpath}')`);
    expect({ status, output: output.trim() }).toEqual({ status: 0, output: 'string' });
  });

  test('a file of lib is there for an ES module by its name', () => {
    app.write('lib.mjs', 'import { Geography } from \'cdk-bedrock-haiku/lib/catalog/geography.js\';\nimport \'cdk-bedrock-haiku/snapshot.js\';\nconsole.log(String(Geography.EU));');
    expect(app.node('lib.mjs')).toMatchObject({ status: 0, output: 'Geo EU\n' });
  });

  test('a second copy, in a package that brings its own, works and type-checks', () => {
    app.copyInto('platform');
    app.write('node_modules/platform/index.d.ts', 'export * from \'cdk-bedrock-haiku\';');
    app.write('node_modules/platform/index.js', 'module.exports = require(\'cdk-bedrock-haiku\');');
    const names = ['CrossRegionInferenceProfile as TheirProfile', 'ModelCard', 'InferenceRouting', 'Geography', 'Sampling', 'PromptCaching', 'ServiceTier', 'InvokerGuardrail', 'InvokerFunctionUrl'];
    app.write('two.cts', `${IMPORTS}
import { ApplicationInferenceProfile, HaikuPreflight } from 'cdk-bedrock-haiku';
import { ${names.join(', ')} } from 'platform';
const stack = new Stack(new App(), 'Two', { env: { account: '111122223333', region: 'eu-west-2' } });
const theirs = new TheirProfile(stack, 'Theirs');
new ApplicationInferenceProfile(stack, 'Team', { copyFrom: theirs });
new HaikuPreflight(stack, 'Preflight', { target: theirs });
new CrossRegionInferenceProfile(stack, 'Ours', { model: ModelCard.CLAUDE_HAIKU_4_5, routing: InferenceRouting.geo(Geography.EU) });
new HaikuInvoker(stack, 'Invoker', {
  target: theirs, sampling: Sampling.topP(0.5), promptCaching: PromptCaching.tools(), serviceTier: ServiceTier.DEFAULT,
  guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1' }), functionUrl: InvokerFunctionUrl.buffered(),
});
console.log(theirs instanceof CrossRegionInferenceProfile, Object.keys(withoutHandlerHashes(Template.fromStack(stack).toJSON()).Resources).length > 5);`);
    expect(app.compile('two.cts', 'node16')).toEqual({ status: 0, output: '' });
    expect(app.node('two.cjs')).toMatchObject({ status: 0, output: 'false true\n' });
  });

  test('a wrong Region throws in the app', () => {
    app.write('wrong.cjs', `${REQUIRES}
      const { Geography, InferenceRouting } = require('cdk-bedrock-haiku');
      new CrossRegionInferenceProfile(new Stack(new App(), 'Virginia', { env: { region: 'us-east-1' } }), 'Haiku', { routing: InferenceRouting.geo(Geography.EU) });`);
    const { status, output } = app.node('wrong.cjs');
    expect(status).toBe(1);
    expect(output).toContain('Source Region is outside Geo EU, got "us-east-1"');
  });
});
