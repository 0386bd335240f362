import { BedrockClient, GetInferenceProfileCommand, InferenceProfileSummary, ListInferenceProfilesCommand } from '@aws-sdk/client-bedrock';
import { ask, Asked, pages } from './asked';
import { Asking, Failure, partialAnswer } from './failure';

/** A system-defined inference profile, as AWS describes it in one source Region. */
export interface LiveProfile {
  readonly id: string;
  /** `ACTIVE`; AWS may add values. */
  readonly status: string;
  /** The Regions of its foundation models, sorted. The global profile also has one without a Region, which is not in here. */
  readonly destinationRegions: string[];
}

/** What one source Region says about a model's inference profiles. */
export interface RegionReading {
  readonly region: string;
  readonly profiles: LiveProfile[];
  /** Profiles that were asked for and that AWS does not have there. */
  readonly absent: string[];
  /** Whether every profile of the model in this Region is known: the list came, whole. */
  readonly complete: boolean;
  readonly failures: Failure[];
}

/** Failures that every further question to the Region would meet again. */
const POINTLESS: Failure['kind'][] = ['no-credentials', 'expired-credentials', 'invalid-credentials', 'region-not-enabled', 'no-endpoint', 'no-answer'];

/** Asks one source Region for the model's inference profiles: the list, then each profile by itself, those that are expected too. */
export async function readProfiles(client: BedrockClient, asking: Asking, modelId: string, expected: string[]): Promise<RegionReading> {
  const list = await listProfiles(client, asking, modelId);
  const listed = new Map(list.value?.map((profile) => [profile.id, profile]));
  if (list.failure && POINTLESS.includes(list.failure.kind)) {
    return { region: asking.region, profiles: [], absent: [], complete: false, failures: [list.failure] };
  }
  const ids = [...new Set([...listed.keys(), ...expected])];
  const answers = await Promise.all(ids.map(async (id) => ({ id, ...await getProfile(client, asking, id) })));
  return {
    region: asking.region,
    // What the list says stands where the profile itself cannot be asked for.
    profiles: answers.flatMap(({ id, value, failure }) => value ?? (failure?.kind === 'not-found' ? [] : listed.get(id) ?? [])),
    absent: answers.filter(({ failure }) => failure?.kind === 'not-found').map(({ id }) => id),
    complete: !list.failure,
    failures: [...(list.failure ? [list.failure] : []), ...answers.flatMap(({ failure }) => failure && failure.kind !== 'not-found' ? [failure] : [])],
  };
}

/** One profile. A `not-found` failure means that AWS does not have it in this Region. */
export async function getProfile(client: BedrockClient, asking: Asking, id: string): Promise<Asked<LiveProfile>> {
  return ask('bedrock:GetInferenceProfile', asking, async () =>
    liveProfile(await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: id }))));
}

async function listProfiles(client: BedrockClient, asking: Asking, modelId: string): Promise<Asked<LiveProfile[]>> {
  return ask('bedrock:ListInferenceProfiles', asking, async () => {
    const all = await pages(
      (nextToken) => client.send(new ListInferenceProfilesCommand({ nextToken, maxResults: 1000, typeEquals: 'SYSTEM_DEFINED' })),
      (page) => page.nextToken, (page) => page.inferenceProfileSummaries);
    return all.filter(({ inferenceProfileId }) => inferenceProfileId?.endsWith(`.${modelId}`)).map(liveProfile);
  });
}

function liveProfile({ inferenceProfileId, status, models }: Partial<InferenceProfileSummary>): LiveProfile {
  if (!inferenceProfileId) throw partialAnswer('the ID of the profile');
  if (!status) throw partialAnswer(`the status of ${inferenceProfileId}`);
  if (!models?.length || models.some(({ modelArn }) => !modelArn)) throw partialAnswer(`the models of ${inferenceProfileId}`);
  const regions = models.map(({ modelArn }) => modelArn!.split(':')[3] ?? '');
  return { id: inferenceProfileId, status, destinationRegions: [...new Set(regions)].filter((region) => region !== '').sort() };
}
