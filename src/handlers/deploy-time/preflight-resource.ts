import type { BedrockClient } from '@aws-sdk/client-bedrock';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { acceptAgreement, submitUseCaseForm } from './access-steps';
import { assumeRole } from './assume-role';
import type { Done, Resource } from './carry-out';
import type { CloudFormationEvent } from './cloudformation';
import type { OnFinding, PreflightProperties } from '../../contract/custom-resources';
import type { Environment } from '../../contract/invoker-variables';
import { accessReport, AccessReport } from '../../live/access-report';
import type { Credentials } from '../invoke/config/credentials';

/** The clients of one Region. */
export interface PreflightClients {
  readonly bedrock: BedrockClient;
  readonly serviceQuotas: ServiceQuotasClient;
}

/** Asks AWS whether the stack can call the model, and fails with the answer or reports it. It makes nothing, so Delete does nothing. */
export class PreflightResource implements Resource {
  /** @param clients - those of a Region, with credentials other than the function's own if there are such */
  constructor(private readonly clients: (region: string, credentials?: Credentials) => PreflightClients, private readonly env: Environment) {}

  async create(event: CloudFormationEvent): Promise<Done> {
    const properties = event.ResourceProperties as PreflightProperties;
    const { SourceRegion: region, ModelId: modelId } = properties;
    const credentials = properties.AssumedRoleArn ? await assumeRole(this.env, properties.AssumedRoleArn, properties.ExternalId) : undefined;
    const clients = this.clients(region, credentials);
    // The credentials are Lambda's own, so they work: a Region that does not know them is not enabled.
    const asking = { region, credentialsWork: true };
    if (properties.UseCaseForm) await submitUseCaseForm(clients.bedrock, asking, properties.UseCaseForm);
    if (properties.AcceptAgreement === 'true') await acceptAgreement(clients.bedrock, asking, modelId);
    const report = await accessReport(clients, asking, {
      modelId,
      inferenceProfileId: properties.InferenceProfileId,
      marketplaceProductId: properties.MarketplaceProductId,
      quotas: properties.Quotas.map(({ Code, Name, Adjustable }) => ({ code: Code, name: Name, adjustable: Adjustable === 'true', sourceUrl: '', asOf: '' })),
    });
    return { physicalId: `preflight-${region}-${properties.InferenceProfileId}`, data: { Report: judged(properties, report) } };
  }

  /** A changed preflight is a new resource, so this comes only from hand-written templates. */
  async update(event: CloudFormationEvent): Promise<Done> {
    return this.create(event);
  }

  async delete(): Promise<void> {}
}

/** The report if the deployment may go on; throws with it if not. */
function judged(properties: PreflightProperties, { profile, checks }: AccessReport): string {
  const drift = profile.value && driftOf(properties, profile.value.destinationRegions);
  const lines = (state: string) => checks.filter((check) => check.state === state)
    .map(({ question, answer, advice }) => `${question}: ${state === 'missing' ? '' : `${state}: `}${answer}. ${advice}`.trim());
  const findings: Array<[OnFinding, string[]]> = [
    [properties.OnDrift, drift ? [drift] : []],
    [properties.OnMissingAccess, lines('missing')],
    [properties.OnUnchecked, lines('could not be checked')],
  ];
  const all = findings.flatMap(([, found]) => found);
  all.forEach((line) => console.warn(line));
  if (findings.some(([on, found]) => on === 'FAIL' && found.length > 0)) {
    throw new Error(`${properties.InferenceProfileId} from ${properties.SourceRegion} is not ready. ${all.join(' ')}`);
  }
  return all.length > 0 ? all.join(' ') : 'in order';
}

/** Where AWS sends requests elsewhere than the template's policies expect. */
function driftOf({ DestinationRegions, InferenceProfileId, SourceRegion }: PreflightProperties, actual: string[]): string | undefined {
  if (!DestinationRegions) return undefined;
  const expected = [...DestinationRegions].sort();
  if (expected.join() === actual.join()) return undefined;
  return `Destinations: ${InferenceProfileId} from ${SourceRegion} runs in ${actual.join(', ')}; the template has ${expected.join(', ')}. `
    + 'Write a new card with npx cdk-bedrock-haiku card --from-account, and pass it as model.';
}
