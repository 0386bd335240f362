import { modelsIn } from './bedrock-resources';
import { Caller, NamedText } from './caller';
import { definitionOf } from './definition';
import { Resource, Stack } from '../../template/stack';
import { at, isRecord } from '../../template/template-json';

/** The tasks of Step Functions that call a model, or let a job of Bedrock call it. */
const TASK = /:states:::(?:bedrock|aws-sdk:bedrock(?:runtime|agentruntime)?):([A-Za-z]+)/;
export const JOB = 'createModelInvocationJob';

/** State machines whose tasks call a model: one caller for each role that they act as. */
export function stateMachineCallers(stack: Stack): Caller[] {
  return bedrockTasks(stack).map(({ resource, path, action, parameters, role }): Caller => ({
    resource,
    names: modelsIn(parameters, path),
    certain: true,
    roles: [role ?? (action === JOB ? at(parameters, 'RoleArn') : undefined) ?? resource.properties.RoleArn],
    sources: [stack.deployment.region],
    tiers: tiersIn(parameters, path),
  }));
}

/** Every task of Bedrock in the state machines of a stack. */
export function bedrockTasks(stack: Stack): Array<Task & { readonly resource: Resource }> {
  return stack.of('AWS::StepFunctions::StateMachine').flatMap((resource) => {
    const field = 'DefinitionString' in resource.properties ? 'DefinitionString' : 'Definition';
    return tasksIn(definitionOf(resource), `Properties/${field}`).map((task) => ({ ...task, resource }));
  });
}

interface Task {
  readonly path: string;
  readonly action: string;
  readonly parameters: unknown;
  /** The role of its own that the task acts as. */
  readonly role?: unknown;
}

/** Every task of Bedrock, at any depth: states hold others in branches and maps. */
function tasksIn(value: unknown, path: string): Task[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((part, index) => tasksIn(part, `${path}/${index}`));
  if (!isRecord(value)) return [];
  const action = value.Type === 'Task' ? TASK.exec(String(value.Resource))?.[1] : undefined;
  if (action !== undefined) {
    const field = 'Arguments' in value ? 'Arguments' : 'Parameters';
    return [{ path: `${path}/${field}`, action, parameters: value[field], role: at(value, 'Credentials', 'RoleArn') }];
  }
  return Object.entries(value).flatMap(([key, part]) => tasksIn(part, `${path}/${key}`));
}

function tiersIn(value: unknown, path: string): NamedText[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => key === 'ServiceTier' ? [{ path: `${path}/${key}`, value: isRecord(part) ? part.Type : part }] : tiersIn(part, `${path}/${key}`));
}
