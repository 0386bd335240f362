import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { ask, Asked } from './asked';
import { Asking, partialAnswer } from './failure';
import { ServiceQuota } from '../catalog/service-quota';

/** A quota as it is applied to this account in this Region. */
export interface LiveQuota {
  readonly quota: ServiceQuota;
  readonly applied: Asked<number>;
}

/** The applied value of each quota. A `not-found` failure means that Service Quotas does not list it for this account here. */
export async function readQuotas(client: ServiceQuotasClient, asking: Asking, quotas: ServiceQuota[]): Promise<LiveQuota[]> {
  return Promise.all(quotas.map(async (quota) => ({
    quota,
    applied: await ask('servicequotas:GetServiceQuota', asking, async () => {
      const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: 'bedrock', QuotaCode: quota.code }));
      if (Quota?.Value === undefined) throw partialAnswer(`the value of ${quota.code}`);
      return Quota.Value;
    }),
  })));
}
