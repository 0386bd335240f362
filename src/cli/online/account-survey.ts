import { AwsClients } from './aws-clients';
import { endsEverything } from './failures';
import { ModelCard } from '../../catalog/model-card';
import { Caller } from '../../live/account';
import { Failure } from '../../live/failure';
import { survey, SurveyedRegion } from '../../live/survey';
import { homeRegionOf } from '../../routing/partition';

/** What the enabled Regions of an account say about a model. */
export interface AccountSurvey {
  readonly caller?: Caller;
  /** The Regions that answered or failed; none if the credentials do not work. */
  readonly regions: SurveyedRegion[];
  /** Regions of the card that the account has not enabled, so nothing was asked there. */
  readonly notEnabled: string[];
  /** What could not be learned about the account as a whole. */
  readonly failures: Failure[];
}

/** Asks the account which Regions are enabled, and each of them about the model. Without a list of Regions, those of the card are asked. */
export async function surveyAccount(
  clients: AwsClients, card: ModelCard, modelId: string, only: string[] | undefined, progress: (text: string) => void): Promise<AccountSurvey> {
  // A Region of the partition that is asked.
  const near = only?.[0] ?? await clients.configuredRegion(card) ?? card.regions[0];
  const caller = await clients.caller(homeRegionOf(near));
  if (caller.failure && endsEverything(caller.failure)) return { regions: [], notEnabled: [], failures: [caller.failure] };
  const credentialsWork = caller.value !== undefined;
  const enabled = only ? { value: only } : await clients.enabledRegions(near, credentialsWork);
  const failures = [caller.failure, 'failure' in enabled ? enabled.failure : undefined].flatMap((failure) => failure ?? []);
  const known = card.sourceRegions;
  const regions = await survey({
    modelId,
    regions: enabled.value ?? known,
    bedrock: (region) => clients.bedrock(region),
    credentialsWork,
    expected: (region) => card.modelId === modelId ? card.inferenceProfileIdsFrom(region) : [],
    progress: (done, total, region) => progress(`${done} of ${total} Regions asked (${region})`),
  });
  const skipped = regions.filter(({ failures: own }) => own.some(({ kind }) => kind === 'region-not-enabled')).map(({ region }) => region);
  return {
    caller: caller.value,
    regions: regions.filter(({ region }) => !skipped.includes(region)),
    notEnabled: only ? skipped : [...new Set([...skipped, ...known.filter((region) => enabled.value && !enabled.value.includes(region))])].sort(),
    failures,
  };
}
