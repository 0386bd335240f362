import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { carryOut } from './deploy-time/carry-out';
import type { CloudFormationEvent } from './deploy-time/cloudformation';
import { LoggingResource } from './deploy-time/logging-resource';
import { PreflightResource } from './deploy-time/preflight-resource';

// One file for both custom resources: the SDK is most of it.

interface Context { getRemainingTimeInMillis(): number }

const PATIENCE = { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** The custom resource of HaikuPreflight. */
export async function preflight(event: CloudFormationEvent, context: Context): Promise<void> {
  await carryOut(event, context, new PreflightResource((region, credentials) => ({
    bedrock: new BedrockClient({ region, credentials, requestHandler: PATIENCE }),
    serviceQuotas: new ServiceQuotasClient({ region, credentials, requestHandler: PATIENCE }),
  }), process.env));
}

/** The custom resource of ModelInvocationLogging. */
export async function modelInvocationLogging(event: CloudFormationEvent, context: Context): Promise<void> {
  await carryOut(event, context, new LoggingResource(new BedrockClient({ requestHandler: PATIENCE })));
}
