import { ModelCard } from '../../src';
import { Geography } from '../../src/catalog/geography';
import { ModelCatalog } from '../../src/catalog/model-catalog';
import { scan, ScanOptions, ScanResult } from '../../src/scan/scan';
import { TemplateInput } from '../../src/template/assembly';
import { soundTemplate } from '../../src/template/sound-template';
import { documentedGeoRoute } from '../fixtures/documented-regions';
import { ACCOUNT } from '../kit/stack';

export const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
export const INVOKE = 'bedrock:InvokeModel';
export const STREAM = 'bedrock:InvokeModelWithResponseStream';

export interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly [element: string]: unknown;
}

type Resources = Record<string, Record<string, unknown>>;

export function profileArn(prefix: string, region: string, account = ACCOUNT): string {
  return `arn:aws:bedrock:${region}:${account}:inference-profile/${prefix}.${HAIKU}`;
}

export function modelArn(region: string): string {
  return `arn:aws:bedrock:${region}::foundation-model/${HAIKU}`;
}

/** The documented statements for a geography, or for global inference, from a Region. */
export function documented(prefix: string, region: string, action: string | string[] = INVOKE): Statement[] {
  const through = { 'bedrock:InferenceProfileArn': profileArn(prefix, region) };
  const source = { 'aws:RequestedRegion': region };
  if (prefix !== 'global') {
    return [
      { Action: action, Resource: profileArn(prefix, region) },
      { Action: action, Resource: documentedGeoRoute(region).destinations.map(modelArn), Condition: { StringEquals: through } },
    ];
  }
  return [
    { Action: action, Resource: profileArn(prefix, region), Condition: { StringEquals: source } },
    { Action: action, Resource: modelArn(region), Condition: { StringEquals: { ...source, ...through } } },
    { Action: action, Resource: modelArn(''), Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified', ...through } } },
  ];
}

export function policyDocument(statements: readonly Statement[]): object {
  return { Version: '2012-10-17', Statement: statements.map((statement) => 'Fn::If' in statement ? statement : { Effect: 'Allow', ...statement }) };
}

/** A role with these statements, and what else it has. */
export function role(statements: readonly Statement[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: policyDocument(statements) }], ...more } };
}

/** A function with these variables, which acts as the role `Role`. */
export function fn(variables: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: variables }, ...more } };
}

/** A function that calls the profile of a prefix, and its role. */
export function calling(prefix: string, statements: readonly Statement[], more: Record<string, unknown> = {}): Resources {
  return { Role: role(statements, more), Fn: fn({ MODEL_ID: `${prefix}.${HAIKU}` }) };
}

export interface Scanned extends Partial<Omit<ScanOptions, 'residency'>> {
  readonly residency?: string[];
  readonly forbidGlobal?: boolean;
  /** The other sections of the template. */
  readonly template?: Record<string, unknown>;
  readonly input?: Partial<TemplateInput>;
}

/** A scan of one template of these resources. */
export function scanned(
  resources: Resources, { residency = [], forbidGlobal = false, template = {}, input = {}, ...options }: Scanned = {}): ScanResult {
  const whole = soundTemplate({ ...template, Resources: resources }, 'app.template.json');
  return scan([{ file: 'app.template.json', template: whole, ...input }], {
    cards: ModelCatalog._cards() as ModelCard[],
    residency: { geographies: residency.map((prefix) => Geography.of(prefix)), forbidGlobal },
    ...options,
  });
}

/** What is found, in a Region: `rule at resource`, sorted. */
export function found(region: string | undefined, resources: Resources, options: Scanned = {}): string[] {
  return scanned(resources, { region, ...options }).findings.map(({ rule, resource }) => `${rule} at ${resource}`).sort();
}
