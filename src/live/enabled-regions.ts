import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import { ask, Asked } from './asked';
import { Asking } from './failure';
import { pages } from './pages';

/** The Regions that the account has enabled, sorted. */
export async function enabledRegions(client: AccountClient, asking: Asking): Promise<Asked<string[]>> {
  return ask('account:ListRegions', asking, async () => {
    const listed = await pages((NextToken) => client.send(new ListRegionsCommand({
      NextToken, MaxResults: 50, RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
    })), (page) => page.NextToken, (page) => page.Regions);
    return listed.flatMap(({ RegionName }) => RegionName ?? []).sort();
  });
}
