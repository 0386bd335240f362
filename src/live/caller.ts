import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ask, Asked } from './asked';
import { partialAnswer } from './failure';

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
