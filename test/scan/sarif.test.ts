import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calling, documented, HAIKU, scanned } from './templates';
import { RULES } from '../../src/scan/rules';
import { sarifOf } from '../../src/scan/sarif';

/** The words of JSON Schema that the part of SARIF's own needs; `values` is said of every member of an object with names of one's own. */
interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer';
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Record<string, Schema>;
  readonly values?: Schema;
  readonly items?: Schema;
}

const SCHEMA = JSON.parse(readFileSync(join(__dirname, 'sarif-schema.json'), 'utf8')) as Schema;

function problems(value: unknown, schema: Schema, path = ''): string[] {
  if (schema.enum) return schema.enum.includes(value) ? [] : [`${path}: ${JSON.stringify(value)}`];
  if (schema.type === 'array') return Array.isArray(value) ? value.flatMap((item, index) => problems(item, schema.items!, `${path}/${index}`)) : [`${path} is no list`];
  if (schema.type === 'integer') return Number.isInteger(value) && (value as number) >= schema.minimum! ? [] : [`${path}: ${String(value)}`];
  if (schema.type === 'string') return typeof value === 'string' ? [] : [`${path}: ${String(value)}`];
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${path}/${name} is missing`);
  return [...missing, ...Object.entries(value).flatMap(([name, part]) => {
    const inner = schema.values ?? schema.properties![name];
    return inner ? problems(part, inner, `${path}/${name}`) : [`${path}/${name} is unknown`];
  })];
}

const RESULT = scanned({
  ...calling('apac', [{ Action: 'bedrock:*', Resource: '*' }]),
  Open: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: documented('eu', 'eu-west-1').map(({ Condition, ...statement }) => ({ Effect: 'Allow', ...statement })) } }] } },
}, { region: 'eu-west-1', acknowledgements: [{ rule: 'unconditioned-model', reason: 'Known', by: 'file' }] });
const SARIF = sarifOf(RESULT, '1.2.3') as { runs: Array<{ tool: { driver: { rules: unknown[] } }; results: Array<Record<string, unknown>> }> };

test('it is what the schema of SARIF 2.1.0 wants, and the check of that finds mistakes', () => {
  expect(problems(SARIF, SCHEMA)).toEqual([]);
  expect(problems({ ...SARIF, version: '2.0.0', runs: [{ results: [{ level: 'bad', message: {}, other: 1 }] }] }, SCHEMA)).toEqual([
    '/version: "2.0.0"', '/runs/0/tool is missing', '/runs/0/results/0/level: "bad"', '/runs/0/results/0/other is unknown',
  ]);
});

test('each finding is a result of its rule, at its place, and one that stays is suppressed with its reason', () => {
  const [{ tool, results }] = SARIF.runs;
  expect(tool.driver.rules).toHaveLength(RULES.length);
  expect(results).toEqual([
    {
      ruleId: 'unknown-profile',
      ruleIndex: RULES.findIndex(({ id }) => id === 'unknown-profile'),
      level: 'error',
      message: { text: expect.stringMatching(new RegExp(`^apac.${HAIKU} is no inference profile`)) },
      locations: [{
        physicalLocation: { artifactLocation: { uri: 'app.template.json' } },
        logicalLocations: [{ name: 'Fn', fullyQualifiedName: 'Resources/Fn/Properties/Environment/Variables/MODEL_ID', kind: 'resource' }],
      }],
      partialFingerprints: { 'cdk-bedrock-haiku/v1': 'unknown-profile:Resources/Fn/Properties/Environment/Variables/MODEL_ID' },
    },
    expect.objectContaining({ ruleId: 'unconditioned-model', level: 'warning', suppressions: [{ kind: 'external', justification: 'Known' }] }),
  ]);
});
