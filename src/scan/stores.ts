import { bedrockTasks, JOB } from './callers/state-machines';
import { Resource, Stack } from '../template/stack';
import { isRecord } from '../template/template-json';

/** A place in which prompts and answers are kept, and the Region that it is in. */
export interface Store {
  readonly resource: Resource;
  readonly path: string;
  /** As people read it. */
  readonly what: string;
  readonly region: string;
}

/** Whatever sets the logging of model invocations: a custom resource with the configuration, or with the call of the CDK's own one. */
const LOGGING = /PutModelInvocationLoggingConfiguration|(?:log_?group_?name|bucket_?name)"/i;

/**
 * Where an assembly keeps prompts and answers: the logs of model invocations, which are in the Region of the stack that turns them on,
 * and the buckets of batch jobs and logs, as far as the assembly makes them.
 */
export function storesOf(stacks: readonly Stack[]): Store[] {
  const buckets = new Map(stacks.flatMap((stack) => stack.of('AWS::S3::Bucket').map((bucket) => [String(stack.value({ Ref: bucket.deployedId })), stack.deployment.region])));
  const named = (resource: Resource, path: string, value: unknown): Store[] => textsIn(value).flatMap((text) => {
    const name = text.replace(/^s3:\/\//, '').split('/')[0];
    const region = buckets.get(name);
    return region === undefined ? [] : [{ resource, path, what: `The bucket ${name}`, region }];
  });
  return stacks.flatMap((stack) => [
    ...stack.resources.filter(isLogging).flatMap((resource): Store[] => [
      { resource, path: 'Properties', what: 'The log of model invocations', region: stack.deployment.region }, ...named(resource, 'Properties', resource.properties),
    ]),
    ...bedrockTasks(stack).filter(({ action }) => action === JOB).flatMap(({ resource, path, parameters }) => named(resource, path, parameters)),
  ]);
}

function isLogging({ type, exists, properties }: Resource): boolean {
  return exists !== false && /^(?:Custom::|AWS::CloudFormation::CustomResource$)/.test(type) && LOGGING.test(JSON.stringify(properties))
    && /logging/i.test(type + JSON.stringify(properties));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as unknown[]).flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
