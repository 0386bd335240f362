import type { BedrockClient } from '@aws-sdk/client-bedrock';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { readAccess, readQuotas, readUseCaseForm } from './access';
import { AccessCheck, availabilityChecks, profileCheck, quotaChecks, useCaseFormCheck } from './access-check';
import { Asked } from './asked';
import { Asking } from './failure';
import { getProfile, LiveProfile } from './profiles';
import { ServiceQuota } from '../catalog/service-quota';

/** What access is asked about. */
export interface AccessSubject {
  readonly modelId: string;
  readonly inferenceProfileId: string;
  /** The quotas that limit this way of calling. */
  readonly quotas: ServiceQuota[];
  readonly marketplaceProductId?: string;
}

/** Whether an account can call a model from a Region, and the profile as AWS describes it there. */
export interface AccessReport {
  readonly profile: Asked<LiveProfile>;
  readonly checks: AccessCheck[];
}

/** Asks everything at once; one question that fails takes no other with it. */
export async function accessReport(
  clients: { bedrock: BedrockClient; serviceQuotas: ServiceQuotasClient }, asking: Asking, subject: AccessSubject): Promise<AccessReport> {
  const [profile, access, form, quotas] = await Promise.all([
    getProfile(clients.bedrock, asking, subject.inferenceProfileId),
    readAccess(clients.bedrock, asking, subject.modelId),
    readUseCaseForm(clients.bedrock, asking),
    readQuotas(clients.serviceQuotas, asking, subject.quotas),
  ]);
  return {
    profile,
    checks: [
      profileCheck(profile, subject.inferenceProfileId),
      ...availabilityChecks(access, subject.marketplaceProductId),
      useCaseFormCheck(form, access),
      ...quotaChecks(quotas),
    ],
  };
}
