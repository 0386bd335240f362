import { UsageError } from './usage-error';
import { shown } from '../private/errors';

/** The variables that send what the commands ask to other endpoints. */
const ENDPOINTS = ['AWS_ENDPOINT_URL', ...['BEDROCK', 'STS', 'ACCOUNT', 'SERVICE_QUOTAS'].map((service) => `AWS_ENDPOINT_URL_${service}`)];

/** A key of Amazon Bedrock alone, which the SDK then takes before all other credentials. */
const BEDROCK_KEY = 'AWS_BEARER_TOKEN_BEDROCK';

/**
 * Throws if the environment would have the SDK ask somewhere that is no place, or the services of AWS as different principals.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html
 */
export function checkEnvironment(env: NodeJS.ProcessEnv): void {
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true';
  for (const name of ignored ? [] : ENDPOINTS) {
    const value = env[name];
    if (value && !isHttp(value)) {
      throw new UsageError(`${name} is not a URL of an endpoint, got ${shown(value)}; expected one such as "https://bedrock.example.com". Correct it, or unset it.`);
    }
  }
  // An empty variable is none, and the SDK takes it for a key.
  if (!env[BEDROCK_KEY]) {
    delete env[BEDROCK_KEY];
  } else {
    throw new UsageError(
      `${BEDROCK_KEY} is set, so Amazon Bedrock would be asked with that key and everything else with other credentials, perhaps of another account; `
      + 'expected one principal for all. Unset it for this command, and use credentials of the account that it belongs to.');
  }
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
