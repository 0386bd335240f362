import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OFFLINE, run } from './command-line';
import { CASES, differences, templateOfCase } from '../scan/cases';
import { calling, documented, HAIKU } from '../scan/templates';

const folder = mkdtempSync(join(tmpdir(), 'cli-scan-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function scan(...args: string[]) {
  return run(['scan', ...args], OFFLINE);
}

const APAC = { Resources: calling('apac', [{ Action: 'bedrock:*', Resource: '*' }]) };
const OPEN = { Resources: calling('eu', documented('eu', 'eu-west-1').map(({ Condition, ...statement }) => statement)) };

test('it says what is wrong, where, and what to change, and ends with 1', async () => {
  const path = file('a.json', APAC);
  expect(await scan(path, '--region', 'eu-west-1')).toEqual({
    code: 1,
    stderr: '',
    stdout: [
      `error unknown-profile  ${path}  Resources/Fn/Properties/Environment/Variables/MODEL_ID`,
      'apac.anthropic.claude-haiku-4-5-20251001-v1:0 is no inference profile that AWS',
      'publishes for Claude Haiku 4.5; from eu-west-1 there is',
      'eu.anthropic.claude-haiku-4-5-20251001-v1:0 and',
      'global.anthropic.claude-haiku-4-5-20251001-v1:0 (as of 2026-10). Name',
      'eu.anthropic.claude-haiku-4-5-20251001-v1:0 or',
      'global.anthropic.claude-haiku-4-5-20251001-v1:0.',
      '',
      '1 error.',
      '',
    ].join('\n'),
  });
});

test('warnings alone end with 0, unless they count', async () => {
  const path = file('open.json', OPEN);
  expect((await scan(path, '--region', 'eu-west-1')).code).toBe(0);
  expect((await scan(path, '--region', 'eu-west-1', '--fail-on', 'warning')).code).toBe(1);
});

test.each(CASES.filter((_, index) => index % 12 === 0).map((one) => [one.file, one] as const))('--json of %s is what a program reads', async (_, one) => {
  const path = file(one.file, templateOfCase(one));
  const { code, stdout } = await scan(path, '--region', one.region, '--json', ...one.residency?.allowed.flatMap((prefix) => ['--residency', prefix]) ?? []);
  const { findings } = JSON.parse(stdout) as { findings: Array<{ rule: string; severity: string; resource: string }> };
  expect(differences(one, findings)).toEqual({ missed: [], tooMuch: [] });
  expect(code).toBe(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
});

test('--sarif and --markdown print the same findings in their forms', async () => {
  const path = file('b.json', APAC);
  const { stdout } = await scan(path, '--region', 'eu-west-1', '--sarif');
  expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'unknown-profile' }] }] });
  expect((await scan(path, '--region', 'eu-west-1', '--markdown')).stdout).toContain('| error | unknown-profile | Fn in ');
});

test('--model judges calls of that model only, and --forbid-global global inference', async () => {
  const path = file('global.json', { Resources: calling('global', [{ Action: 'bedrock:*', Resource: '*' }]) });
  expect((await scan(path, '--region', 'eu-west-1', '--forbid-global')).code).toBe(1);
  expect((await scan(path, '--region', 'eu-west-1', '--forbid-global', '--model', 'claude-sonnet-4-5')).code).toBe(0);
});

test('YAML with the short tags of CloudFormation, and what its own types are', async () => {
  const path = file('app.yaml', [
    'Parameters:', '  Prefix: { Type: String, Default: apac }', 'Conditions:', '  On: !Equals [!Ref Prefix, apac]', 'Resources:', '  Role:', '    Type: AWS::IAM::Role', '    Properties: {}', '  Fn:', '    Type: AWS::Lambda::Function',
    '    Condition: On', '    Properties:', '      Role: !GetAtt Role.Arn', '      Environment:', '        Variables:', `          MODEL: !Sub '\${Prefix}.${HAIKU}'`, '          WHEN: 2026-11-27', '',
  ].join('\n'));
  const { code, stdout } = await scan(path, '--region', 'eu-west-1', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ rule: 'unknown-profile', resource: 'Fn' }] });
});

test('an assembly, with its Regions, its nested stacks and what was acknowledged on constructs', async () => {
  const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'inner.nested.template.json' } };
  file('out/manifest.json', {
    version: '45.0.0',
    artifacts: {
      Team: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/eu-west-1',
        properties: { templateFile: 'Team.template.json' },
        metadata: {
          '/Team/Function/Resource': [{ type: 'aws:cdk:logicalId', data: 'Fn' }],
          '/Team/Function': [{ type: 'aws:cdk:acknowledged-rules', data: { 'cdk-bedrock-haiku::unknown-profile': 'Moves next week' } }],
        },
      },
      Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
    },
  });
  file('out/Team.template.json', { Resources: { ...APAC.Resources, Inner: nested } });
  file('out/inner.nested.template.json', APAC);
  file('out/assembly-Stage/manifest.json', { version: '45.0.0', artifacts: { Live: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/us-east-1', properties: { templateFile: 'Live.template.json' } } } });
  file('out/assembly-Stage/Live.template.json', OPEN);
  const { findings } = JSON.parse((await scan(join(folder, 'out'), '--json')).stdout) as { findings: Array<Record<string, unknown>> };
  expect(findings.map(({ rule, template, acknowledged }) => [rule, template, acknowledged])).toEqual([
    ['unknown-profile', join(folder, 'out/Team.template.json'), { reason: 'Moves next week', by: 'Validations.acknowledge' }],
    ['unknown-profile', join(folder, 'out/inner.nested.template.json'), undefined],
    ['wrong-source-region', join(folder, 'out/assembly-Stage/Live.template.json'), undefined],
    ['unconditioned-model', join(folder, 'out/assembly-Stage/Live.template.json'), undefined],
  ]);
});

test('a file acknowledges findings, each with a reason', async () => {
  const path = file('c.json', APAC);
  const acknowledge = (entry: object) => file('acknowledged.json', { acknowledge: [entry] });
  const acknowledged = await scan(path, '--region', 'eu-west-1', '--acknowledgements', acknowledge({ rule: 'unknown-profile', resource: 'Fn', template: 'c.json', reason: 'Moves next week' }));
  expect(acknowledged).toMatchObject({ code: 0, stdout: expect.stringContaining('Acknowledged: Moves next week') });
  expect((await scan(path, '--region', 'eu-west-1', '--acknowledgements', acknowledge({ rule: 'unknown-profile', resource: 'Other', reason: 'Moves next week' }))).code).toBe(1);
  const without = await scan(path, '--acknowledgements', acknowledge({ rule: 'unknown-profile' }));
  expect(without).toEqual({ code: 2, stdout: '', stderr: `${join(folder, 'acknowledged.json')}: acknowledge[0].reason says nothing, got undefined; expected why the finding stays. Write it down.\n` });
});

test('a folder is searched for templates, and what is none is passed over', async () => {
  file('repo/a/app.json', APAC);
  file('repo/b/app.yml', 'Resources: { Topic: { Type: AWS::SNS::Topic } }');
  file('repo/package.json', { name: 'x', Resources: 'none' });
  file('repo/node_modules/x/app.json', APAC);
  expect(JSON.parse((await scan(join(folder, 'repo'), '--region', 'eu-west-1', '--json')).stdout)).toMatchObject({ findings: [{ template: join(folder, 'repo/a/app.json') }] });
});

const deep = Array.from({ length: 500 }).reduce<unknown>((inner) => ({ 'Fn::If': ['C', inner, 'b'] }), 'a');

test.each<[string, string, unknown, string]>([
  ['no JSON', 'no.json', '{ "Resources": ', 'is not JSON: '],
  ['no template', 'none.json', '[]', 'is no CloudFormation template, got []; expected an object with Resources.'],
  ['a tag that CloudFormation does not have', 'tag.yaml', 'Resources:\n  A: !Foo b\n', 'is not a template in YAML, line 2, column 6: Unresolved tag: !Foo.'],
  ['YAML that is none', 'bad.yaml', 'Resources: [\n', 'is not a template in YAML, line 2, column 1: '],
  ['a key twice', 'twice.yaml', 'Resources:\n  A: {}\n  A: {}\n', 'is not a template in YAML, line 3, column 3: '],
  ['10 MB', 'large.json', JSON.stringify({ Resources: { A: { Type: 'x'.repeat(10_000_000) } } }), 'is too long, got 10'],
  ['resources in a circle', 'circle.json', { Resources: { A: { Type: 'T', Properties: { B: { Ref: 'B' } } }, B: { Type: 'T', Properties: { A: { 'Fn::Sub': '${A.Arn}' } } } } }, 'refers to itself in a circle: A -> B -> A;'],
  ['500 conditions in each other', 'deep.json', { Resources: { A: { Type: 'T', Properties: { Name: deep } } } }, 'is nested too deep at Resources/A/Properties/Name/Fn::If/1, more than 250 levels;'],
  ['a loop that writes too much', 'loop.json', { Resources: { 'Fn::ForEach::A': ['I', Array.from({ length: 20_001 }, (_, index) => `a${index}`), { 'A${I}': { Type: 'T' } }] } }, 'Fn::ForEach::A writes too much, got more than 20000 copies;'],
])('%s ends with 2 and a sentence', async (_, name, content, said) => {
  const path = file(name, content);
  const { code, stdout, stderr } = await scan(path);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).toContain(path);
});

test.each<[string, object, string]>([
  ['of a newer CDK', { version: '999.0.0', artifacts: {} }, 'manifest.json is of a newer CDK, got schema "999.0.0"; expected at most'],
  ['without artifacts', { version: '45.0.0' }, 'manifest.json describes no cloud assembly'],
  ['without a template', { version: '45.0.0', artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'gone.json' } } } }, 'gone.json is missing; expected the template that the manifest names.'],
])('an assembly %s ends with 2', async (name, manifest, said) => {
  file(`${name}/manifest.json`, manifest);
  const { code, stderr } = await scan(join(folder, name));
  expect(code).toBe(2);
  expect(stderr).toContain(said);
});

test('a path that is not there, a folder with nothing, and wrong options end with 2', async () => {
  mkdirSync(join(folder, 'empty'));
  expect(await scan(join(folder, 'gone'))).toMatchObject({ code: 2, stderr: `${join(folder, 'gone')} cannot be read (ENOENT); expected a cloud assembly, a template or a folder of them. Pass another path.\n` });
  expect(await scan(join(folder, 'empty'))).toMatchObject({ code: 2, stderr: expect.stringContaining('empty holds nothing to scan;') });
  expect(await scan(file('d.json', APAC), '--residency', 'europe')).toMatchObject({ code: 2, stderr: expect.stringContaining('--residency is not a geography, got "europe"; expected one of us, eu, au, jp, in, us-gov.') });
  expect(JSON.parse((await scan(join(folder, 'gone'), '--json')).stdout)).toMatchObject({ error: { code: 'INPUT' } });
});
