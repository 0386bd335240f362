import { Caller } from './caller';
import { Stack } from '../../template/stack';

/** Values of the Parameter Store, which hand a model to what reads them. */
export function parameterCallers(stack: Stack): Caller[] {
  return stack.of('AWS::SSM::Parameter').map((resource) => ({
    resource,
    names: [{ path: 'Properties/Value', value: resource.properties.Value }],
    certain: false,
    roles: [],
    sources: [stack.deployment.region],
    completes: /base|foundation|PREFIX/i.test(String(resource.properties.Name)),
  }));
}
