import { SurveyedRegion } from './survey';
import { Geography, GLOBAL_PREFIX } from '../catalog/geography';
import { SourceDisagreement } from '../catalog/model-card-notes';
import { ModelCardProps } from '../catalog/model-card-props';
import { ModelLifecycle, ModelLifecycleStatus } from '../catalog/model-lifecycle';
import { GeoRoute } from '../catalog/model-regions';

/** The pages that a card from an account cites: the operations that said so. */
const API = 'https://docs.aws.amazon.com/bedrock/latest/APIReference';
const PROFILES_PAGE = `${API}/API_GetInferenceProfile.html`;
const MODEL_PAGE = `${API}/API_GetFoundationModel.html`;

/**
 * A card with what the surveyed Regions say in place of the card's own rows. Rows of Regions that were not read stay as they are.
 *
 * @param base - the card to start from; for a model without one, its name and ID
 * @param today - the as-of date, `YYYY-MM-DD`
 */
export function accountCard(base: ModelCardProps, readings: SurveyedRegion[], today: string): ModelCardProps {
  const read = new Set(readings.filter(({ complete, failures }) => complete && failures.length === 0).map(({ region }) => region));
  const answers = readings.filter(({ region }) => read.has(region));
  const cited = { sourceUrl: PROFILES_PAGE, asOf: today };
  const geoRoutes = [
    ...(base.geoRoutes ?? []).filter(({ sourceRegion }) => !read.has(sourceRegion)),
    ...answers.flatMap(({ region, profiles }) => profiles.flatMap(({ id, destinationRegions }): GeoRoute[] => {
      const prefix = prefixOf(id, base.modelId);
      return prefix === GLOBAL_PREFIX ? [] : [{ geography: Geography.of(prefix), sourceRegion: region, destinationRegions, ...cited }];
    })),
  ].sort((a, b) => `${a.geography.prefix} ${a.sourceRegion}`.localeCompare(`${b.geography.prefix} ${b.sourceRegion}`, 'en'));
  const global = [
    ...(base.globalSources?.regions ?? []).filter((region) => !read.has(region)),
    ...answers.filter(({ profiles }) => profiles.some(({ id }) => prefixOf(id, base.modelId) === GLOBAL_PREFIX)).map(({ region }) => region),
  ].sort();
  const { globalSources: _globalSources, lifecycle: _lifecycle, notes, ...rest } = base;
  const lifecycle = accountLifecycle(base.lifecycle, readings, today);
  return {
    ...rest,
    asOf: read.size > 0 ? today : base.asOf,
    geoRoutes,
    ...(global.length > 0 && { globalSources: { ...(read.size > 0 ? cited : citation(base.globalSources!)), regions: global } }),
    ...(lifecycle && { lifecycle }),
    ...(notes && { notes: { ...notes, ...(notes.disagreements && { disagreements: notes.disagreements.map((row) => settled(row, read)) }) } }),
  };
}

/** What AWS itself has answered about a Region is disputed no more. */
function settled({ disputedGlobalSources, ...row }: SourceDisagreement, read: Set<string>): SourceDisagreement {
  const left = disputedGlobalSources?.filter((region) => !read.has(region)) ?? [];
  return left.length > 0 ? { ...row, disputedGlobalSources: left } : row;
}

/** The lifecycle that a Region states; a status that is not known here changes nothing. */
function accountLifecycle(base: ModelLifecycle | undefined, readings: SurveyedRegion[], today: string): ModelLifecycle | undefined {
  const said = readings.map(({ lifecycle }) => lifecycle.value).filter((life) => life?.status === 'ACTIVE' || life?.status === 'LEGACY');
  // Where Regions disagree, the model is on its way out.
  const life = said.find((one) => one?.status === 'LEGACY') ?? said[0];
  const launchDate = base?.launchDate ?? life?.launchDate;
  if (!life || !launchDate) return base;
  const { regionStates, ...lifecycle } = base ?? {};
  const answered = new Set(readings.flatMap(({ region, lifecycle: { value } }) => value ? [region] : []));
  const unread = regionStates?.filter(({ region }) => !answered.has(region)) ?? [];
  return {
    ...lifecycle,
    ...(unread.length > 0 && { regionStates: unread }),
    status: life.status === 'LEGACY' ? ModelLifecycleStatus.LEGACY : ModelLifecycleStatus.ACTIVE,
    launchDate,
    ...(life.endOfLifeDate && { endOfLifeNotBefore: life.endOfLifeDate }),
    sourceUrl: MODEL_PAGE,
    asOf: today,
  };
}

function citation({ sourceUrl, asOf }: { sourceUrl: string; asOf: string }): { sourceUrl: string; asOf: string } {
  return { sourceUrl, asOf };
}

function prefixOf(profileId: string, modelId: string): string {
  return profileId.slice(0, profileId.length - modelId.length - 1);
}
