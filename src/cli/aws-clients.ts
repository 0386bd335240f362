import { AccountClient } from '@aws-sdk/client-account';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';
import { bounded } from './bounded-client';
import { checkEnvironment } from './environment';
import { Asked } from '../live/asked';
import { Caller, whoAsks } from '../live/caller';
import { enabledRegions } from '../live/enabled-regions';
import { Failure } from '../live/failure';
import { homeRegionOf } from '../routing/partition';

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
  async configuredRegion(): Promise<string | undefined> {
    const named = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
    if (named) return named;
    // An empty variable is none, and the SDK takes it for a Region.
    delete process.env.AWS_REGION;
    const client = new STSClient({});
    // The SDK throws if it finds none.
    return client.config.region().catch(() => undefined).finally(() => client.destroy());
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
}

/** Whether a failure to learn who asks means that nothing else can be asked either. */
export function endsEverything({ kind }: Failure): boolean {
  return kind === 'no-credentials' || kind === 'expired-credentials' || kind === 'invalid-credentials';
}
