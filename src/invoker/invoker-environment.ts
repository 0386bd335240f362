import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { FunctionBounds, OptionVariables } from './option-variables';
import { FIPS_REGIONS, STS_FIPS_REGIONS } from '../contract/endpoints';
import type { InvokerOptions, WrittenOptions } from '../contract/invoker-options';
import { VARIABLES } from '../contract/invoker-variables';
import { LAMBDA_ENVIRONMENT_BYTES } from '../contract/limits';
import { HaikuError, shown, shownList } from '../private/errors';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** As short as the ARN of a queue can be. */
const LEAST_ARN = 'arn:aws:sqs:us-east-1:111122223333:q';

/**
 * The function's environment variables. Throws if they are longer than Lambda takes; what is known only at deploy time is not
 * counted.
 */
export function invokerEnvironment(
  target: IInvocableModel,
  options: InvokerOptions,
  more: Record<string, string> = {},
  bounds: FunctionBounds = {},
): Record<string, string> {
  const { written: { variables: apart = [], ...literals }, environment: variables } = OptionVariables.of(options, bounds);
  const { projectId: project = 'default' } = target;
  // A project that a deployment leaves out would be the default one, which is another.
  const needed = Token.isUnresolved(project) ? [...apart, { path: ['projectId'], name: VARIABLES.projectId, needed: true }] : apart;
  const written: WrittenOptions = { ...literals, ...needed.length > 0 && { variables: needed } };
  const environment = {
    [VARIABLES.modelId]: target.modelId,
    [VARIABLES.endpoint]: target.endpoint,
    [VARIABLES.region]: target.sourceRegion,
    ...more,
    // A request that names no project is one of the default project.
    ...project !== 'default' && { [VARIABLES.projectId]: project },
    ...Object.keys(written).length > 0 && { [VARIABLES.options]: JSON.stringify(written) },
    ...variables,
  };
  checkLength(environment, options);
  return environment;
}

/** Lambda measures all variables together, written as one JSON object. */
function checkLength(environment: Record<string, string>, options: InvokerOptions): void {
  const bytes = Buffer.byteLength(literalJson(environment));
  if (bytes <= LAMBDA_ENVIRONMENT_BYTES) return;
  const [longest, value] = Object.entries({ systemPrompt: options.system, requestMetadata: options.requestMetadata })
    .map(([prop, given]): [string, number] => [prop, Buffer.byteLength(literalJson(given ?? ''))])
    .sort(([, one], [, other]) => other - one)[0];
  throw new HaikuError(
    `Environment variables are too long for Lambda, got ${bytes} bytes, ${value} of them ${longest}; expected at most ${LAMBDA_ENVIRONMENT_BYTES}, as one JSON object. `
    + (longest === 'systemPrompt'
      ? 'Write the prompt into a file, and pass SystemPromptSource.fromAsset(...) as systemPromptSource in place of systemPrompt.' : 'Shorten requestMetadata.'));
}

/**
 * What the queues that a function is told of make too long. Of an ARN that is known only at deploy time the least is counted that an ARN
 * can have; what else is known only then is not counted.
 */
export function queuesTooLong(lambdaFunction: IConstruct, name: string): string[] {
  const { [name]: queues, ...others } = variablesOf(lambdaFunction);
  if (queues === undefined) return [];
  // Two quotation marks for a name and two for its value, a colon, and a comma or a brace.
  const bytesOf = (key: string, value: unknown, unknown: number) => leastBytes(key, 0) + leastBytes(value, unknown) + 6;
  const share = bytesOf(name, queues, LEAST_ARN.length);
  const bytes = Object.entries(others).reduce((sum, [key, value]) => sum + bytesOf(key, value, 0), share + 1);
  if (bytes <= LAMBDA_ENVIRONMENT_BYTES) return [];
  return [`Environment variables are too long for Lambda, got at least ${bytes} bytes, ${share} of them ${name}, which names the queues; `
    + `expected at most ${LAMBDA_ENVIRONMENT_BYTES}, as one JSON object. Map some of the queues to another HaikuInvoker, or shorten systemPrompt or requestMetadata.`];
}

/** An API key that was given to a function, which would refuse it: a template would show it to everyone, and its calls would not be those of the role. */
export function apiKeyGiven(lambdaFunction: IConstruct): string[] {
  if (!(VARIABLES.apiKey in variablesOf(lambdaFunction))) return [];
  return [`${VARIABLES.apiKey} is set for the function ${lambdaFunction.node.path}, which calls with its role alone, never with an API key. `
    + 'Leave it out: the template would show the key to everyone who may read it, and its calls would be those of another principal.'];
}

function variablesOf(lambdaFunction: IConstruct): Record<string, unknown> {
  const environment: unknown = Stack.of(lambdaFunction).resolve((lambdaFunction.node.defaultChild as CfnFunction).environment) ?? {};
  return (environment as { readonly variables?: Record<string, unknown> }).variables ?? {};
}

/** The fewest bytes in JSON of a resolved value, of which some is unknown: each such part counts for as many as it has at least. */
function leastBytes(value: unknown, unknown: number): number {
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(String(value))) - 2;
  const { 'Fn::Join': join, 'Fn::If': choice } = value as { readonly 'Fn::Join'?: [string, unknown[]]; readonly 'Fn::If'?: unknown[] };
  if (choice) return Math.min(...choice.slice(1).map((part) => leastBytes(part, unknown)));
  if (!join || !Array.isArray(join[1])) return unknown;
  return join[1].reduce<number>((sum, part) => sum + leastBytes(part, unknown), Math.max(join[1].length - 1, 0) * leastBytes(join[0], 0));
}

/** The JSON without its tokens, whose length is not known. */
function literalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return Tokenization.reverseString(part).mapTokens({ mapToken: () => '' }).join(new StringConcat()) ?? '';
    return Token.isUnresolved(part) ? 0 : part;
  });
}

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
