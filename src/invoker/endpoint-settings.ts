import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { FIPS_REGIONS, STS_FIPS_REGIONS } from '../contract/endpoints';
import { VARIABLES } from '../contract/invoker-variables';
import { HaikuError, shown, shownList } from '../private/errors';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/**
 * The environment variables that choose the endpoint, as the AWS SDKs name them, and the role to call it with. Throws where the target has no such endpoint; in a
 * Region that is known only at deploy time, the function says so when it starts.
 */
export function endpointVariables(scope: IConstruct, target: IInvocableModel, props: HaikuInvokerProps): Record<string, string> {
  const { fipsEndpoint, dualStackEndpoint, assumedRole, externalId } = props;
  if (fipsEndpoint) checkFips(target);
  if (fipsEndpoint && assumedRole) checkStsFips(Stack.of(scope).region);
  return {
    ...fipsEndpoint && { [VARIABLES.fips]: 'true' },
    ...dualStackEndpoint && { [VARIABLES.dualStack]: 'true' },
    ...assumedRole && { [VARIABLES.assumedRole]: assumedRole.roleArn },
    ...externalId !== undefined && { [VARIABLES.externalId]: externalId },
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

/** AWS STS is asked where the function runs, wherever the model is called. */
function checkStsFips(region: string): void {
  if (Token.isUnresolved(region) || STS_FIPS_REGIONS.includes(region)) return;
  throw new HaikuError(
    `fipsEndpoint does not go with assumedRole in ${shown(region)}; AWS STS, which assumes the role, has a FIPS endpoint in ${shownList(STS_FIPS_REGIONS)}. `
    + 'Leave one of them out, or deploy the stack to one of these Regions.');
}
