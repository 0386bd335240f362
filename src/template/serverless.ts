import { at, isRecord, WholeTemplate } from './template-json';

/** A resource as a template writes it. */
export interface WrittenResource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly Condition?: unknown;
  readonly Metadata?: unknown;
}

/** What a template writes, and of what: the transform makes several resources of one. */
export interface WrittenFrom {
  /** The logical ID that stands in the template. */
  readonly id: string;
  readonly resource: WrittenResource;
}

/**
 * The resources of a template by logical ID, those of AWS SAM as its transform writes them: the function with its role, its URL and what
 * `Globals` says for all. Only what callers, their roles and their policies need.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export function writtenResources(template: WholeTemplate): Map<string, WrittenFrom> {
  const resources = isRecord(template.Resources) ? Object.entries(template.Resources) : [];
  return new Map(resources.flatMap(([id, resource]) => {
    if (!isResource(resource)) return [];
    const expanded = EXPANSIONS[resource.Type]?.(id, resource, template.Globals) ?? { [id]: resource };
    const { Condition, Metadata } = resource;
    return Object.entries(expanded).map(([made, one]): [string, WrittenFrom] => [made, { id, resource: { ...one, Condition, Metadata } }]);
  }));
}

type Expansion = (id: string, resource: WrittenResource, globals: unknown) => Record<string, WrittenResource>;

const EXPANSIONS: Record<string, Expansion | undefined> = {
  'AWS::Serverless::Function': (id, { Properties }, globals) => {
    const all = merged(at(globals, 'Function'), Properties) as Record<string, unknown>;
    const url = all.FunctionUrlConfig;
    return {
      [id]: { Type: 'AWS::Lambda::Function', Properties: { ...all, Code: { ZipFile: all.InlineCode }, Role: all.Role ?? arnOf(`${id}Role`) } },
      ...all.Role === undefined && { [`${id}Role`]: role('lambda.amazonaws.com', all) },
      ...isRecord(url) && { [`${id}Url`]: { Type: 'AWS::Lambda::Url', Properties: { ...url, TargetFunctionArn: arnOf(id) } } },
    };
  },
  'AWS::Serverless::StateMachine': (id, { Properties }, globals) => {
    const all = merged(at(globals, 'StateMachine'), Properties) as Record<string, unknown>;
    return {
      [id]: { Type: 'AWS::StepFunctions::StateMachine', Properties: { ...all, RoleArn: all.Role ?? arnOf(`${id}Role`) } },
      ...all.Role === undefined && { [`${id}Role`]: role('states.amazonaws.com', all) },
    };
  },
};

/** The role that the transform makes of the policies of a function: names and ARNs, policy documents, and templates, which do not reach Bedrock. */
function role(service: string, { Policies = [], PermissionsBoundary }: Record<string, unknown>): WrittenResource {
  const policies = Array.isArray(Policies) ? Policies as unknown[] : [Policies];
  const isDocument = (policy: unknown) => isRecord(policy) && 'Statement' in policy;
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
      ManagedPolicyArns: policies.filter((policy) => typeof policy === 'string' || (isRecord(policy) && Object.keys(policy).some((key) => key === 'Ref' || (key.startsWith('Fn::') && key !== 'Fn::If')))),
      Policies: policies.filter((policy) => isDocument(policy) || (isRecord(policy) && 'Fn::If' in policy)).map((policy) => isDocument(policy) ? { PolicyDocument: policy } : documentOrNot(policy)),
      PermissionsBoundary,
    },
  };
}

/** A document that a condition chooses, inside the field that a role has for it. */
function documentOrNot(policy: unknown): unknown {
  const choice = at(policy, 'Fn::If');
  if (!Array.isArray(choice)) return policy;
  const [condition, ...branches] = choice as unknown[];
  return { 'Fn::If': [condition, ...branches.map((branch) => isRecord(branch) && 'Statement' in branch ? { PolicyDocument: branch } : branch)] };
}

function arnOf(id: string): unknown {
  return { 'Fn::GetAtt': [id, 'Arn'] };
}

/** As SAM merges them: maps field by field, lists one after the other, and of anything else the resource's own. */
function merged(global: unknown, ownValue: unknown): unknown {
  if (Array.isArray(global) && Array.isArray(ownValue)) return [...global as unknown[], ...ownValue as unknown[]];
  if (!isRecord(global) || !isRecord(ownValue)) return ownValue ?? global ?? {};
  return Object.fromEntries([...new Set([...Object.keys(global), ...Object.keys(ownValue)])]
    .map((key) => [key, key in ownValue && key in global ? merged(global[key], ownValue[key]) : ownValue[key] ?? global[key]]));
}

function isResource(value: unknown): value is WrittenResource & Record<string, unknown> {
  return isRecord(value) && typeof value.Type === 'string';
}
