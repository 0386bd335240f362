import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyStatement } from './deployed-stack';

/** An independent copy of the documented tables. */
const TABLES = JSON.parse(readFileSync(join(__dirname, '..', '..', 'test', 'fixtures', 'regions.json'), 'utf8')) as {
  modelId: string;
  geo: Record<string, Record<string, string[]>>;
};

const asList = (value: string | string[]): string[] => Array.isArray(value) ? value : [value];

/** The resources on which the statements let the model be called. */
export function invocableResources(statements: PolicyStatement[]): string[] {
  return statements
    .filter(({ Action }) => asList(Action).some((action) => action.startsWith('bedrock:Invoke')))
    .flatMap(({ Resource }) => asList(Resource));
}

/** The foundation model ARNs that the documented route from a source Region needs, by the system-defined profile in the conditions. */
export function documentedModelArns(statements: PolicyStatement[], sourceRegion: string): string[] {
  const conditions = statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.values(keys).flatMap(asList)));
  const [prefix] = conditions.flatMap((arn) => /:inference-profile\/([a-z-]+)\./.exec(arn)?.[1] ?? []);
  const regions = prefix === 'global' ? [sourceRegion, ''] : TABLES.geo[prefix][sourceRegion];
  return regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/${TABLES.modelId}`);
}

/** The characters that IAM counts: all but white space. */
export function policySize(statements: PolicyStatement[]): number {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).replace(/\s/g, '').length;
}
