import { StringConcat, Token, Tokenization } from 'aws-cdk-lib/core';
import { OptionVariables } from './option-variables';
import type { InvokerOptions } from '../contract/invoker-options';
import { HaikuError } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LIMIT_BYTES = 4096;

/**
 * The function's environment variables. Throws if they are longer than Lambda takes; what is known only at deploy time is not
 * counted.
 */
export function invokerEnvironment(target: IInvocableModel, options: InvokerOptions, more: Record<string, string> = {}): Record<string, string> {
  const { written, environment: variables } = OptionVariables.of(options);
  const { mantleProjectId: project = 'default' } = target;
  const environment = {
    MODEL_ID: target.modelId,
    MODEL_ENDPOINT: target.endpoint,
    MODEL_REGION: target.sourceRegion,
    ...more,
    // A request that names no project is one of the default project.
    ...project !== 'default' && { MODEL_PROJECT_ID: project },
    ...Object.keys(written).length > 0 && { INVOKER_OPTIONS: JSON.stringify(written) },
    ...variables,
  };
  checkLength(environment, options);
  return environment;
}

/** Lambda measures all variables together, written as one JSON object. */
function checkLength(environment: Record<string, string>, options: InvokerOptions): void {
  const bytes = Buffer.byteLength(literalJson(environment));
  if (bytes <= LIMIT_BYTES) return;
  const [longest, value] = Object.entries({ systemPrompt: options.system, requestMetadata: options.requestMetadata })
    .map(([prop, given]): [string, number] => [prop, Buffer.byteLength(literalJson(given ?? ''))])
    .sort(([, one], [, other]) => other - one)[0];
  throw new HaikuError(
    `Environment variables are too long for Lambda, got ${bytes} bytes, ${value} of them ${longest}; expected at most ${LIMIT_BYTES}, as one JSON object. `
    + (longest === 'systemPrompt' ? 'Shorten systemPrompt, or send "system" with the events.' : 'Shorten requestMetadata.'));
}

/** The JSON without its tokens, whose length is not known. */
function literalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return Tokenization.reverseString(part).mapTokens({ mapToken: () => '' }).join(new StringConcat()) ?? '';
    return Token.isUnresolved(part) ? 0 : part;
  });
}
