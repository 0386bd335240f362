import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyDocument } from './policy-simulator';

/** Where a template is deployed to: what its pseudo parameters and attributes become. */
export interface Deployment {
  readonly region: string;
  readonly account: string;
  /** Logical ID and attribute -> value, for example `Profile.InferenceProfileArn`. */
  readonly attributes?: Record<string, string>;
}

type Json = ReturnType<typeof JSON.parse>;

/** The policies of a role as IAM would hold them after the deployment of the stack: plain JSON. */
export function rolePolicies(stack: Stack, roleLogicalId: string, deployment: Deployment): PolicyDocument[] {
  const template = Template.fromStack(stack).toJSON();
  const policies = Object.values<Json>(template.Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.Roles.some(({ Ref }: Json) => Ref === roleLogicalId))
    .map(({ Properties }) => Properties.PolicyDocument);
  return deployed(template, policies, deployment) as PolicyDocument[];
}

/** A value of a template, with its intrinsic functions worked out. */
export function deployed(template: Json, value: unknown, deployment: Deployment): unknown {
  const work = (item: unknown): Json => {
    if (Array.isArray(item)) return item.flatMap((element) => isLookup(element) ? work(element) : [work(element)]);
    if (typeof item !== 'object' || item === null) return item;
    const [[name, argument], ...more] = Object.entries(item as Record<string, Json>);
    if (more.length === 0 && name === 'Ref') return pseudoParameter(argument, deployment);
    if (more.length === 0 && name.startsWith('Fn::')) return call(name, argument);
    return Object.fromEntries(Object.entries(item).map(([key, element]) => [key, work(element)]));
  };
  const call = (name: string, argument: Json): unknown => {
    if (name === 'Fn::Join') return (work(argument[1]) as string[]).join(argument[0]);
    if (name === 'Fn::FindInMap') {
      const [map, key, column] = argument.map(work);
      const found = template.Mappings?.[map]?.[key]?.[column];
      if (found === undefined) throw new Error(`Template error: Unable to get mapping for ${map}::${key}::${column}`);
      return found;
    }
    if (name === 'Fn::GetAtt') {
      const attribute = argument.join('.');
      const known = deployment.attributes?.[attribute];
      if (known === undefined) throw new Error(`No value was given for the attribute ${attribute}`);
      return known;
    }
    throw new Error(`Intrinsic function is not worked out here: ${name}`);
  };
  return work(value);
}

/** A list that is looked up stands in a list: it takes the place of its element. */
function isLookup(element: unknown): boolean {
  return typeof element === 'object' && element !== null && Object.keys(element)[0] === 'Fn::FindInMap';
}

function pseudoParameter(name: string, { region, account }: Deployment): string {
  const value = { 'AWS::Region': region, 'AWS::AccountId': account, 'AWS::Partition': 'aws' }[name];
  if (value === undefined) throw new Error(`Ref is not a pseudo parameter: ${name}`);
  return value;
}
