import { AccountClient } from '@aws-sdk/client-account';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';
import { bounded } from './bounded-client';
import { ModelCard } from '../../catalog/model-card';
import { VARIABLES } from '../../contract/invoker-variables';
import { Caller, enabledRegions, whoAsks } from '../../live/account';
import { Asked } from '../../live/asked';
import { AccountPolicies, policiesOfAccount } from '../../live/organization';
import { shown } from '../../private/errors';
import { homeRegionOf } from '../../routing/partition';
import { chosenRegion } from '../chosen';
import { UsageError } from '../command';

/** The variables that send what the commands ask to other endpoints. */
const ENDPOINTS = ['AWS_ENDPOINT_URL', ...['BEDROCK', 'STS', 'ACCOUNT', 'SERVICE_QUOTAS', 'ORGANIZATIONS'].map((service) => `AWS_ENDPOINT_URL_${service}`)];

/** A key of Amazon Bedrock alone, which the SDK then takes before all other credentials. */
const BEDROCK_KEY = VARIABLES.apiKey;

/** AWS Organizations describes two policies a second, and an account may have dozens. */
const ATTEMPTS = 8;

/** The SDK's clients as the commands use them: with the credentials and the settings of the environment, and with patience that ends. */
export class AwsClients {
  constructor(private readonly timeoutSeconds: number) {
    checkEnvironment(process.env);
    // A remark to whoever installs the SDK, and here that is this package.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  }

  /**
   * The Region that the environment names: a variable, else the shared configuration of `AWS_PROFILE` or the default profile.
   *
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
   */
  async configuredRegion(card: ModelCard): Promise<string | undefined> {
    const named = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || await regionOfProfile();
    return named === undefined ? undefined : chosenRegion('The Region of the environment (AWS_REGION or the profile\'s)', named, card);
  }

  bedrock(region: string): BedrockClient {
    return bounded(new BedrockClient({ region }), this.timeoutSeconds);
  }

  serviceQuotas(region: string): ServiceQuotasClient {
    return bounded(new ServiceQuotasClient({ region }), this.timeoutSeconds);
  }

  async caller(region: string): Promise<Asked<Caller>> {
    const client = bounded(new STSClient({ region }), this.timeoutSeconds);
    return whoAsks(client, region).finally(() => client.destroy());
  }

  /** The Regions of the account, asked where the account-wide services of this Region's partition answer for all of them. */
  async enabledRegions(near: string, credentialsWork: boolean): Promise<Asked<string[]>> {
    const region = homeRegionOf(near);
    const client = bounded(new AccountClient({ region }), this.timeoutSeconds);
    return enabledRegions(client, { region, credentialsWork }).finally(() => client.destroy());
  }

  /** The service control policies that bind an account, asked where this Region's partition answers for the organization. */
  async policiesOfAccount(near: string, account: string): Promise<Asked<AccountPolicies>> {
    const region = homeRegionOf(near);
    const client = bounded(new OrganizationsClient({ region, maxAttempts: ATTEMPTS }), this.timeoutSeconds);
    return policiesOfAccount(client, { region, credentialsWork: true }, account).finally(() => client.destroy());
  }
}

async function regionOfProfile(): Promise<string | undefined> {
  // An empty variable is none, and the SDK takes it for a Region.
  delete process.env.AWS_REGION;
  const client = new STSClient({});
  // The SDK throws if it finds none.
  return client.config.region().catch(() => undefined).finally(() => client.destroy());
}

/**
 * Throws if the environment would have the SDK ask somewhere that is no place, or the services of AWS as different principals.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html
 */
function checkEnvironment(env: NodeJS.ProcessEnv): void {
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
