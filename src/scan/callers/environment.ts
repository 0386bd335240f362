import { Caller, NamedText } from './caller';
import { endpointRegion } from './endpoint';
import { codeOf, InlineCode } from './inline-code';
import { Unknown } from '../../private/unknown';
import { Resource, Stack } from '../../template/stack';
import { at, isRecord, jsonIn } from '../../template/template-json';

/** Where a type of resource has its role, and its variables with the other words that it hands to its code. */
interface Environment {
  readonly role: (properties: Record<string, unknown>) => unknown;
  readonly variables: (properties: Record<string, unknown>) => NamedText[];
}

const VARIABLES = 'RuntimeEnvironmentVariables';

const ENVIRONMENTS: Readonly<Record<string, Environment | undefined>> = {
  'AWS::Lambda::Function': { role: ({ Role }) => Role, variables: (properties) => fields(['Environment', 'Variables'], properties) },
  'AWS::ECS::TaskDefinition': { role: ({ TaskRoleArn }) => TaskRoleArn, variables: (properties) => containers('ContainerDefinitions', properties.ContainerDefinitions) },
  'AWS::BedrockAgentCore::Runtime': { role: ({ RoleArn }) => RoleArn, variables: (properties) => fields(['EnvironmentVariables'], properties) },
  'AWS::CodeBuild::Project': { role: ({ ServiceRole }) => ServiceRole, variables: ({ Environment: environment }) => list('Environment/EnvironmentVariables', at(environment, 'EnvironmentVariables')) },
  'AWS::Batch::JobDefinition': {
    role: ({ ContainerProperties: container, EcsProperties: ecs }) => at(container, 'JobRoleArn') ?? itemsOf(at(ecs, 'TaskProperties')).map((task) => at(task, 'TaskRoleArn')).find((role) => role !== undefined),
    variables: ({ ContainerProperties: container, EcsProperties: ecs }) => [
      ...ofContainer('ContainerProperties', container),
      ...itemsOf(at(ecs, 'TaskProperties')).flatMap((task, index) => containers(`EcsProperties/TaskProperties/${index}/Containers`, at(task, 'Containers'))),
    ],
  },
  'AWS::AppRunner::Service': {
    role: ({ InstanceConfiguration: instance }) => at(instance, 'InstanceRoleArn'),
    variables: ({ SourceConfiguration: source }) => [['ImageRepository', 'ImageConfiguration'], ['CodeRepository', 'CodeConfiguration', 'CodeConfigurationValues']]
      .flatMap((path) => list(['SourceConfiguration', ...path, VARIABLES].join('/'), at(source, ...path, VARIABLES))),
  },
  'AWS::SageMaker::Model': { role: ({ ExecutionRoleArn }) => ExecutionRoleArn, variables: (properties) => fields(['PrimaryContainer', 'Environment'], properties) },
  'AWS::Glue::Job': { role: ({ Role }) => Role, variables: (properties) => fields(['DefaultArguments'], properties) },
  'AWS::Amplify::App': { role: ({ ComputeRoleArn }) => ComputeRoleArn, variables: (properties) => list('EnvironmentVariables', properties.EnvironmentVariables) },
};

/** Names of variables that decide where a client of Amazon Bedrock sends its calls. */
const OF_BEDROCK = /BEDROCK|MODEL|LLM|CLAUDE|ANTHROPIC|INFERENCE|HAIKU|SONNET|OPUS|GENAI/i;
const OF_CLIENTS = /^AWS_(?:DEFAULT_)?REGION$/;
/** Names of variables that say how a bare model ID is called. */
const COMPLETING = /PREFIX|CROSS_?REGION|INFERENCE_?(?:MODE|PROFILE)|\bCRIS\b|GEOGRAPHY/i;
const PREFIX = /^(?:us|eu|au|jp|in|apac|ca|us-gov|global)\.?$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

/** What runs code, and tells it by variables which model to call. */
export function environmentCallers(stack: Stack): Caller[] {
  const streaming = streamingFunctions(stack);
  return stack.of(...Object.keys(ENVIRONMENTS)).flatMap((resource) => {
    const { role, variables } = ENVIRONMENTS[resource.type]!;
    const given = variables(resource.properties).map(({ path, value }) => ({ path: `Properties/${path}`, value }));
    const code = codeOf(resource);
    return caller(resource, role(resource.properties), given, code, streaming.get(resource));
  });
}

function caller(resource: Resource, role: unknown, variables: readonly NamedText[], code: InlineCode | undefined, url: string | undefined): Caller[] {
  const text = (value: unknown) => typeof value === 'string' ? value : '';
  const known = variables.map(({ path, value }) => ({ name: nameOf(path), value: text(value) }));
  const mode = known.find(({ name, value }) => name === 'AWS_LWA_INVOKE_MODE' && value.toLowerCase() === 'response_stream');
  return [{
    resource,
    certain: false,
    names: [...variables.flatMap(parts), ...code?.names ?? []],
    roles: role === undefined ? [] : [role, ...actingOf(variables)],
    sources: sourcesOf(variables, code?.regions ?? [], resource.stack.deployment.region),
    streams: url ?? code?.streams ?? (mode && `${mode.name} is ${mode.value}`),
    tiers: variables.filter(({ path }) => /SERVICE_?TIER/i.test(nameOf(path))),
    completes: variables.some(({ path, value }) => COMPLETING.test(nameOf(path)) || PREFIX.test(text(value)) || /mantle/i.test(nameOf(path) + text(value))),
  }];
}

/** Whom the code may act as instead: a role that a variable names, or whoever an API key is of. */
function actingOf(variables: readonly NamedText[]): unknown[] {
  return variables.flatMap(({ path, value }) => {
    if (nameOf(path) === 'AWS_BEARER_TOKEN_BEDROCK') return [Unknown.of('whose API key AWS_BEARER_TOKEN_BEDROCK is')];
    const isRole = /ROLE/i.test(nameOf(path)) && (Unknown.isUnknown(value) || /^arn:[a-z-]+:iam::\d{12}:role\//.test(String(value)));
    return isRole ? [value] : [];
  });
}

/** Where calls may go: a variable about Bedrock moves them, one about clients too; any other may, or may be about something else. */
function sourcesOf(variables: readonly NamedText[], inCode: readonly string[], home: string): readonly unknown[] {
  const endpoints = variables.flatMap(({ value }) => typeof value === 'string' ? endpointRegion(value) ?? [] : []);
  if (endpoints.length > 0) return endpoints;
  const regions = variables.filter(({ path, value }) => /REGION/i.test(nameOf(path)) && (Unknown.isUnknown(value) || (typeof value === 'string' && REGION.test(value))));
  const of = (names: RegExp) => regions.filter(({ path }) => names.test(nameOf(path))).map(({ value }) => value);
  for (const moved of [of(OF_BEDROCK), inCode, of(OF_CLIENTS)]) if (moved.length > 0) return moved;
  return [...new Set([home, ...regions.map(({ value }) => value)])];
}

/** A variable may hold a list, or JSON. */
function parts({ path, value }: NamedText): NamedText[] {
  if (typeof value !== 'string') return [{ path, value }];
  if (/^\s*[[{]/.test(value)) return leaves(jsonIn(value) ?? value).map((leaf) => ({ path, value: leaf }));
  return value.split(',').map((part) => ({ path, value: part.trim() }));
}

function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** The functions whose answers are streamed: by their URL, or by a method of API Gateway. */
function streamingFunctions(stack: Stack): Map<Resource, string> {
  const functions = new Map(stack.of('AWS::Lambda::Function').flatMap((resource) => ['Ref', 'Arn'].map((attribute) =>
    [String(stack.value(attribute === 'Ref' ? { Ref: resource.deployedId } : { 'Fn::GetAtt': [resource.deployedId, attribute] })), resource] as const)));
  const methods = stack.of('AWS::ApiGateway::Method').filter(({ properties }) => at(properties, 'Integration', 'ResponseTransferMode') === 'STREAM');
  const byMethod = methods.flatMap(({ properties, id }) => {
    const uri = String(at(properties, 'Integration', 'Uri'));
    return [...functions].filter(([name]) => uri.includes(`${name}/`)).map(([, resource]) => [resource, `the method ${id} streams`] as const);
  });
  const byUrl = stack.of('AWS::Lambda::Url').filter(({ properties }) => properties.InvokeMode === 'RESPONSE_STREAM').flatMap(({ properties, id }) => {
    const resource = functions.get(String(properties.TargetFunctionArn));
    return resource ? [[resource, `the URL ${id} streams`] as const] : [];
  });
  return new Map([...byMethod, ...byUrl]);
}

function fields(path: readonly string[], properties: Record<string, unknown>): NamedText[] {
  const variables = at(properties, ...path);
  return isRecord(variables) ? Object.entries(variables).map(([name, value]) => ({ path: [...path, name].join('/'), value })) : [];
}

function containers(path: string, all: unknown): NamedText[] {
  return itemsOf(all).flatMap((container, index) => ofContainer(`${path}/${index}`, container));
}

/** The variables of a container, and the words of its command, among which a model may be an argument. */
function ofContainer(path: string, container: unknown): NamedText[] {
  const words = ['EntryPoint', 'Command'].flatMap((name) => itemsOf(at(container, name)).map((value, index) => ({ path: `${path}/${name}/${index}`, value })));
  return [...list(`${path}/Environment`, at(container, 'Environment')), ...words];
}

function list(path: string, variables: unknown): NamedText[] {
  return itemsOf(variables).map((variable) => ({ path: `${path}/${String(at(variable, 'Name'))}`, value: at(variable, 'Value') }));
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
