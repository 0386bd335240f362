import { AccountClient } from '@aws-sdk/client-account';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';
import { Asked } from '../live/asked';
import { Caller, whoAsks } from '../live/caller';
import { enabledRegions } from '../live/enabled-regions';
import { Failure } from '../live/failure';

/** Where the account's own questions are asked when no Region is named: both services answer for all of them there. */
const HOME = 'us-east-1';

/** The SDK's clients as the commands use them: with the credentials of the environment, and with patience that ends. */
export class AwsClients {
  private readonly patience: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };

  constructor(timeoutSeconds: number) {
    // A remark to whoever installs the SDK, and here that is this package.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    this.patience = { connectionTimeout: timeoutSeconds * 1000, requestTimeout: timeoutSeconds * 1000, throwOnRequestTimeout: true };
  }

  bedrock(region: string): BedrockClient {
    return new BedrockClient({ region, requestHandler: this.patience });
  }

  serviceQuotas(region: string): ServiceQuotasClient {
    return new ServiceQuotasClient({ region, requestHandler: this.patience });
  }

  async caller(region: string = HOME): Promise<Asked<Caller>> {
    const client = new STSClient({ region, requestHandler: this.patience });
    return whoAsks(client, region).finally(() => client.destroy());
  }

  async enabledRegions(credentialsWork: boolean): Promise<Asked<string[]>> {
    const client = new AccountClient({ region: HOME, requestHandler: this.patience });
    return enabledRegions(client, { region: HOME, credentialsWork }).finally(() => client.destroy());
  }
}

/** Whether a failure to learn who asks means that nothing else can be asked either. */
export function endsEverything({ kind }: Failure): boolean {
  return kind === 'no-credentials' || kind === 'expired-credentials' || kind === 'invalid-credentials';
}
