import { BedrockClient, GetFoundationModelAvailabilityCommand, GetUseCaseForModelAccessCommand } from '@aws-sdk/client-bedrock';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { ask, Asked } from './asked';
import { Asking, partialAnswer } from './failure';
import { ServiceQuota } from '../catalog/service-quota';

/** What GetFoundationModelAvailability says. AWS may add values to each. */
export interface LiveAccess {
  /** `AVAILABLE`, `PENDING`, `NOT_AVAILABLE` or `ERROR`. */
  readonly agreement: string;
  readonly agreementError?: string;
  /** `AUTHORIZED` or `NOT_AUTHORIZED`. */
  readonly authorization: string;
  /** `AVAILABLE` or `NOT_AVAILABLE`. */
  readonly entitlement: string;
  /** `AVAILABLE` or `NOT_AVAILABLE`. */
  readonly region: string;
}

/** Whether this account can call the model in this Region. */
export async function readAccess(client: BedrockClient, asking: Asking, modelId: string): Promise<Asked<LiveAccess>> {
  return ask('bedrock:GetFoundationModelAvailability', asking, async () => {
    const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
    const { agreementAvailability, authorizationStatus, entitlementAvailability, regionAvailability } = answer;
    if (!agreementAvailability?.status || !authorizationStatus || !entitlementAvailability || !regionAvailability) {
      throw partialAnswer('one of agreement, authorization, entitlement and Region');
    }
    return {
      agreement: agreementAvailability.status,
      agreementError: agreementAvailability.errorMessage,
      authorization: authorizationStatus,
      entitlement: entitlementAvailability,
      region: regionAvailability,
    };
  });
}

/** Whether this account itself has submitted the use-case form. One that the organization's management account sent is not seen here. */
export async function readUseCaseForm(client: BedrockClient, asking: Asking): Promise<Asked<boolean>> {
  const asked = await ask('bedrock:GetUseCaseForModelAccess', asking, async () => {
    const { formData } = await client.send(new GetUseCaseForModelAccessCommand({}));
    return (formData?.length ?? 0) > 0;
  });
  return asked.failure?.kind === 'not-found' ? { value: false } : asked;
}

/** A quota as it is applied to this account in this Region. */
export interface LiveQuota {
  readonly quota: ServiceQuota;
  readonly applied: Asked<number>;
}

/** The applied value of each quota that has a code to ask by. A `not-found` failure means that Service Quotas does not list it for this account here. */
export async function readQuotas(client: ServiceQuotasClient, asking: Asking, quotas: ServiceQuota[]): Promise<LiveQuota[]> {
  return Promise.all(quotas.filter(({ code }) => code !== undefined).map(async (quota) => ({
    quota,
    applied: await ask('servicequotas:GetServiceQuota', asking, async () => {
      const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: 'bedrock', QuotaCode: quota.code }));
      if (Quota?.Value === undefined) throw partialAnswer(`the value of ${quota.code}`);
      return Quota.Value;
    }),
  })));
}
