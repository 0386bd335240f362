import { Caller, NamedText } from './caller';
import { definitionOf } from './definition';
import { Resource, Stack } from '../../template/stack';
import { isRecord } from '../../template/template-json';

/** Names of properties that hold the model which a resource calls. */
const MODEL = /^(?:[Mm]odel(?:Id|Arn)|[Ff]oundationModel(?:Arn)?)$/;
const ROLES = ['AgentResourceRoleArn', 'ExecutionRoleArn', 'RoleArn', 'MemoryExecutionRoleArn', 'EvaluationExecutionRoleArn'];

/** What Amazon Bedrock itself runs: agents, flows, prompts, knowledge bases and their sources, prompt routers, and those of AgentCore. */
export function bedrockCallers(stack: Stack): Caller[] {
  const resources = stack.resources.filter(({ type, exists }) => /^AWS::Bedrock(?:AgentCore)?::/.test(type) && exists !== false && type !== 'AWS::Bedrock::ApplicationInferenceProfile');
  const knowledgeBases = new Map(resources.filter(({ type }) => type === 'AWS::Bedrock::KnowledgeBase').map((resource) => [String(stack.value({ Ref: resource.deployedId })), resource]));
  return resources.flatMap((resource) => {
    const { properties } = resource;
    const names = [...modelsIn(properties, 'Properties'), ...'DefinitionString' in properties ? modelsIn(definitionOf(resource), 'Properties/DefinitionString') : []];
    if (names.length === 0) return [];
    const acting = knowledgeBases.get(String(properties.KnowledgeBaseId)) ?? resource;
    return [{ resource, names, certain: true, roles: rolesOf(acting), sources: [stack.deployment.region] }];
  });
}

function rolesOf({ properties }: Resource): unknown[] {
  return ROLES.map((name) => properties[name]).filter((role) => role !== undefined).slice(0, 1);
}

/** Every property of such a name, at any depth. */
export function modelsIn(value: unknown, path: string): NamedText[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((part, index) => modelsIn(part, `${path}/${index}`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => MODEL.test(key) && (typeof part === 'string' || !isRecord(part) || 'pieces' in part)
    ? [{ path: `${path}/${key}`, value: part }] : modelsIn(part, `${path}/${key}`));
}
