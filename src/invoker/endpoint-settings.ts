import { Token } from 'aws-cdk-lib/core';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { FIPS_REGIONS } from '../contract/endpoints';
import { VARIABLES } from '../contract/invoker-variables';
import { HaikuError, shown, shownList } from '../private/errors';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/**
 * The environment variables that choose the endpoint, as the AWS SDKs name them. Throws where the target has no such endpoint; in a
 * Region that is known only at deploy time, the function says so when it starts.
 */
export function endpointVariables(target: IInvocableModel, { fipsEndpoint, dualStackEndpoint }: HaikuInvokerProps): Record<string, string> {
  if (fipsEndpoint) checkFips(target);
  return {
    ...fipsEndpoint && { [VARIABLES.fips]: 'true' },
    ...dualStackEndpoint && { [VARIABLES.dualStack]: 'true' },
  };
}

function checkFips({ endpoint, sourceRegion }: IInvocableModel): void {
  if (endpoint === InferenceEndpoint.BEDROCK_MANTLE) {
    throw new HaikuError(
      'fipsEndpoint is not available on bedrock-mantle, which has no FIPS endpoint. Leave fipsEndpoint out, or call the model through a CrossRegionInferenceProfile.');
  }
  if (Token.isUnresolved(sourceRegion) || FIPS_REGIONS.includes(sourceRegion)) return;
  throw new HaikuError(
    `fipsEndpoint is not available in ${shown(sourceRegion)}; bedrock-runtime has a FIPS endpoint in ${shownList(FIPS_REGIONS)}. `
    + 'Leave fipsEndpoint out, or deploy the stack to one of these Regions.');
}
