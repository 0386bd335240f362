import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ask, Asked, pages } from './asked';
import { Asking, partialAnswer } from './failure';

/** Who asks. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** Who the credentials belong to. It needs no permission, so an answer proves that the credentials work. */
export async function whoAsks(client: STSClient, region: string): Promise<Asked<Caller>> {
  return ask('sts:GetCallerIdentity', { region, credentialsWork: false }, async () => {
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
    if (!Account || !Arn) throw partialAnswer('the account or the ARN');
    return { account: Account, arn: Arn };
  });
}

/** The Regions that the account has enabled, sorted. */
export async function enabledRegions(client: AccountClient, asking: Asking): Promise<Asked<string[]>> {
  return ask('account:ListRegions', asking, async () => {
    const listed = await pages((NextToken) => client.send(new ListRegionsCommand({
      NextToken, MaxResults: 50, RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
    })), (page) => page.NextToken, (page) => page.Regions);
    return listed.flatMap(({ RegionName }) => RegionName ?? []).sort();
  });
}
