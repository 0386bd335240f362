import { modelsIn } from './bedrock-resources';
import { Caller } from './caller';
import { Stack } from '../../template/stack';
import { at, jsonIn } from '../../template/template-json';

const CALL = /:scheduler:::aws-sdk:bedrock(?:runtime)?:/;

/**
 * Schedules that call a model, or start a batch job, by themselves.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export function scheduleCallers(stack: Stack): Caller[] {
  return stack.of('AWS::Scheduler::Schedule').flatMap((resource) => {
    const { Target: target } = resource.properties;
    const input = at(target, 'Input');
    if (typeof input !== 'string' || !CALL.test(String(at(target, 'Arn')))) return [];
    const call = jsonIn(input);
    const names = modelsIn(call, 'Properties/Target/Input');
    return [{ resource, names, certain: true, roles: [at(call, 'RoleArn') ?? at(target, 'RoleArn')], sources: [stack.deployment.region] }];
  });
}
