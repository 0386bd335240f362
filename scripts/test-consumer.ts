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
  ['CrossRegionInferenceProfile, HaikuInvoker', 'cdk-bedrock-haiku'], ['withoutHandlerHashes', 'cdk-bedrock-haiku/snapshot'],
];
const REQUIRES = NAMES.map(([names, from]) => `const { ${names} } = require('${from}');`).join('\n');
/** Node resolves a file below a package without \`exports\` only with its ending. */
const IMPORTS = NAMES.map(([names, from]) => `import { ${names} } from '${/\/(assertions|snapshot)$/.test(from) ? endingOf(from) : from}';`).join('\n');

function endingOf(from: string): string {
  return from.startsWith('cdk-bedrock-haiku') ? `${from}.js` : from;
}
/** The first JavaScript of the README. */
const README_APP = /```js\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))![1];

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

  test('a wrong Region throws in the app', () => {
    app.write('wrong.cjs', `${REQUIRES}
      const { Geography, InferenceRouting } = require('cdk-bedrock-haiku');
      new CrossRegionInferenceProfile(new Stack(new App(), 'Virginia', { env: { region: 'us-east-1' } }), 'Haiku', { routing: InferenceRouting.geo(Geography.EU) });`);
    const { status, output } = app.node('wrong.cjs');
    expect(status).toBe(1);
    expect(output).toContain('Source Region is outside Geo EU, got "us-east-1"');
  });
});
