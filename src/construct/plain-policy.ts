import { Aws, CfnElement, CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { tablesOf } from './region-mapping';
import { partitionOf } from '../routing/partition';
import { DeployedTemplate } from '../template/deployed-template';

/** The account that AWS's documentation uses. */
const EXAMPLE_ACCOUNT = '111122223333';
/** The Region that is written where any would do. */
const EXAMPLE_REGION = 'us-east-1';

/** A policy as it can be pasted, and what must be replaced in it first. */
export interface PlainPolicy {
  readonly json: string;
  /** The Region that it was written for, if the stack's is known only at deploy time. */
  readonly exampleRegion?: string;
  /** Sentences, the Region left out. */
  readonly replacements: string[];
}

/** A token that is written as something else, because nobody could tell from it what it must look like. */
export interface Stated {
  readonly token: string;
  readonly as: string;
  readonly meaning: string;
}

/** How a policy is printed, where something in it is known only at deploy time. */
export interface Printing {
  /** The Regions that the stack can be deployed to; all that its tables have, if they are left out. */
  readonly sourceRegions?: string[];
  readonly stated?: Stated;
  /** What tells the command line the routing, if the command line prints such a policy. */
  readonly routeOption?: string;
}

/**
 * Writes a policy without intrinsic functions, so that it can be attached by hand. What is known only when the stack is deployed
 * stands as an example that is valid in form.
 */
export function plainPolicy(scope: IConstruct, policy: unknown, { sourceRegions, stated }: Printing = {}): PlainPolicy {
  const stack = Stack.of(scope);
  const [resolved, as]: unknown[] = stack.resolve([stated ? replaced(policy, stated) : policy, stated?.as]);
  const text = JSON.stringify(resolved);
  const region = exampleRegionOf(stack, sourceRegions);
  const sentences = new Set<string>();
  if (text.includes('AWS::AccountId')) sentences.add(`Replace ${EXAMPLE_ACCOUNT} with your account.`);
  const replace = (value: string, meaning: string): string => {
    sentences.add(`Replace ${value} with ${meaning}, which is known only when it is deployed.`);
    return value;
  };
  const deployed = exampleDeployment(stack, region, accountOf(stack), ({ value, meaning }) => replace(value, meaning));
  if (stated) replace(deployed.value(as) as string, stated.meaning);
  const json = JSON.stringify(deployed.value(resolved), undefined, 2);
  return { json, replacements: [...sentences], ...(text.includes('AWS::Region') && { exampleRegion: region }) };
}

function replaced(policy: unknown, { token, as }: Stated): unknown {
  return JSON.parse(JSON.stringify(policy).split(JSON.stringify(token)).join(JSON.stringify(as)));
}

/**
 * The same strings, with an example of each value that depends on the Region of the stack. CDK's policy report prints other tokens
 * readably, the account as `(ACCOUNT)`, and knows nothing of mappings.
 */
export function plainStrings(scope: IConstruct, strings: string[], sourceRegions?: string[]): { strings: string[]; exampleRegion?: string } {
  const stack = Stack.of(scope);
  // A list that is looked up is one token, the only one of its list.
  const resolved = [stack.resolve(strings)].flat() as unknown[];
  if (!JSON.stringify(resolved).includes('AWS::Region')) return { strings };
  const region = exampleRegionOf(stack, sourceRegions);
  const deployed = exampleDeployment(stack, region, Aws.ACCOUNT_ID, ({ value }) => value);
  const written = resolved.flatMap((value, index) =>
    JSON.stringify(value).includes('AWS::Region') ? deployed.value(value) as string | string[] : strings[index]);
  return { strings: written, exampleRegion: region };
}

/** Says that something is for this Region only, and what to do for another. */
export function forOneRegion(what: string, region: string, { routeOption }: Printing = {}): string {
  const start = `The Region of the stack is known only when it is deployed, so ${what} is for ${region}`;
  return routeOption !== undefined
    ? `${start}; npx cdk-bedrock-haiku policy --from <Region> --account <account>${routeOption && ` ${routeOption}`} prints the policy for another Region.`
    : `${start}: for another Region, replace ${region} with that Region.`;
}

/** The Region of the stack, or one that it can be deployed to. */
function exampleRegionOf(stack: Stack, sourceRegions?: string[]): string {
  if (!Token.isUnresolved(stack.region)) return stack.region;
  const rows = [...tablesOf(stack).values()].map((table) => Object.keys(table));
  const regions = sourceRegions ?? rows.reduce((both, next) => both.filter((region) => next.includes(region)), rows[0] ?? []);
  return regions.includes(EXAMPLE_REGION) ? EXAMPLE_REGION : regions[0] ?? EXAMPLE_REGION;
}

/** The stack as it might be deployed: what is known only then stands as an example. */
function exampleDeployment(stack: Stack, region: string, account: string, shown: (example: Example) => string): DeployedTemplate {
  const supply = (name: string, argument: unknown) => shown(exampleOf(stack, region, name, argument));
  return new DeployedTemplate({ Mappings: Object.fromEntries(tablesOf(stack)) }, { region, account, supply });
}

function accountOf({ account }: Stack): string {
  return Token.isUnresolved(account) ? EXAMPLE_ACCOUNT : account;
}

/** Something that looks like the value, and words for it. */
interface Example {
  readonly value: string;
  readonly meaning: string;
}

function exampleOf(stack: Stack, region: string, name: string, argument: unknown): Example {
  const account = accountOf(stack);
  const arn = (service: string, resource: string) => `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
  const part = name === 'Fn::Select' ? partOfArn(argument, region, account) : undefined;
  if (part) return part;
  const [id, attribute] = name === 'Fn::GetAtt' ? argument as string[] : [String(argument)];
  const element = stack.node.findAll().find((node): node is CfnElement => CfnElement.isCfnElement(node) && stack.resolve(node.logicalId) === id);
  if (!element) return { value: 'EXAMPLE', meaning: `the value of ${name}` };
  const path = element.node.id === 'Resource' ? element.node.scope!.node.path : element.node.path;
  if (attribute?.endsWith('Arn') && CfnResource.isCfnResource(element)) {
    if (element.cfnResourceType === 'AWS::IAM::Role') return { value: `arn:${partitionOf(region)}:iam::${account}:role/${id}`, meaning: `the ARN of ${path}` };
    return { value: arn(element.cfnResourceType.split('::')[1].toLowerCase(), id), meaning: `the ARN of ${path}` };
  }
  return { value: id, meaning: `the ${attribute ?? 'name or ID'} of ${path}` };
}

/** CDK takes the Region and the account of an imported resource out of its ARN. */
function partOfArn(argument: unknown, region: string, account: string): Example | undefined {
  const [index, list] = argument as [number, { 'Fn::Split'?: unknown[] }];
  if (list['Fn::Split']?.[0] !== ':') return undefined;
  if (Number(index) === 3) return { value: region, meaning: 'the Region of that ARN' };
  return Number(index) === 4 ? { value: account, meaning: 'the account of that ARN' } : undefined;
}
