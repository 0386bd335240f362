import { Aws, CfnElement, CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ProfileAccess } from './profile-access';
import { RegionMapping } from './region-mapping';
import { deployedValue, Deployment } from '../private/deployed-value';
import { partitionOf } from '../routing/arn';

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

/**
 * Writes a policy without intrinsic functions, so that it can be attached by hand. What is known only when the stack is deployed
 * stands as an example that is valid in form.
 *
 * @param sourceRegions - the Regions that the stack can be deployed to; all that its tables have, if they are left out
 */
export function plainPolicy(scope: IConstruct, policy: unknown, sourceRegions?: string[]): PlainPolicy {
  const stack = Stack.of(scope);
  const resolved: unknown = stack.resolve(policy);
  const text = JSON.stringify(resolved);
  const replacements: string[] = [];
  const region = exampleRegionOf(stack, sourceRegions);
  if (text.includes('AWS::AccountId')) replacements.push(`Replace ${EXAMPLE_ACCOUNT} by your account.`);
  const value = deployedValue(resolved, {
    ...deployment(stack, region),
    unknown: (name, argument) => {
      const example = exampleOf(stack, region, name, argument);
      const sentence = `Replace ${example.value} by ${example.meaning}, which is known only when it is deployed.`;
      if (!replacements.includes(sentence)) replacements.push(sentence);
      return example.value;
    },
  });
  return { json: JSON.stringify(value, undefined, 2), replacements, ...(text.includes('AWS::Region') && { exampleRegion: region }) };
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
  const unknown = (name: string, argument: unknown) => exampleOf(stack, region, name, argument).value;
  const example = { ...deployment(stack, region), account: Aws.ACCOUNT_ID, unknown };
  const written = resolved.flatMap((value, index) =>
    JSON.stringify(value).includes('AWS::Region') ? deployedValue(value, example) as string | string[] : strings[index]);
  return { strings: written, exampleRegion: region };
}

/** Says that something is for this Region only, and what to do for another. */
export function forOneRegion(what: string, region: string, access?: ProfileAccess): string {
  const start = `The Region of the stack is known only when it is deployed, so ${what} is for ${region}`;
  return access
    ? `${start}; npx cdk-bedrock-haiku policy --from <Region> --account <account>${access.routeOption} prints the policy for another Region.`
    : `${start}: for another Region, replace ${region} by that Region.`;
}

/** The Region of the stack, or one that it can be deployed to. */
function exampleRegionOf(stack: Stack, sourceRegions?: string[]): string {
  if (!Token.isUnresolved(stack.region)) return stack.region;
  const rows = [...RegionMapping.tablesOf(stack).values()].map((table) => Object.keys(table));
  const regions = sourceRegions ?? rows.reduce((both, next) => both.filter((region) => next.includes(region)), rows[0] ?? []);
  return regions.includes(EXAMPLE_REGION) ? EXAMPLE_REGION : regions[0] ?? EXAMPLE_REGION;
}

function deployment(stack: Stack, region: string): Omit<Deployment, 'unknown'> {
  const tables = RegionMapping.tablesOf(stack);
  return {
    region,
    account: Token.isUnresolved(stack.account) ? EXAMPLE_ACCOUNT : stack.account,
    lookUp: (mapping, column) => tables.get(mapping)?.[region]?.[column],
  };
}

/** Something that looks like the value, and words for it. */
function exampleOf(stack: Stack, region: string, name: string, argument: unknown): { value: string; meaning: string } {
  const account = Token.isUnresolved(stack.account) ? EXAMPLE_ACCOUNT : stack.account;
  const arn = (service: string, resource: string) => `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
  const [id, attribute] = name === 'Fn::GetAtt' ? argument as string[] : [String(argument)];
  const element = stack.node.findAll().find((node): node is CfnElement => CfnElement.isCfnElement(node) && stack.resolve(node.logicalId) === id);
  if (!element) return { value: 'EXAMPLE', meaning: `the value of ${name}` };
  const path = element.node.id === 'Resource' ? element.node.scope!.node.path : element.node.path;
  if (attribute === 'InferenceProfileArn') {
    return { value: arn('bedrock', `application-inference-profile/${id}`), meaning: `the ARN of the application inference profile ${path}` };
  }
  if (attribute?.endsWith('Arn') && CfnResource.isCfnResource(element)) {
    return { value: arn(element.cfnResourceType.split('::')[1].toLowerCase(), id), meaning: `the ARN of ${path}` };
  }
  return { value: id, meaning: `the ${attribute ?? 'name or ID'} of ${path}` };
}
