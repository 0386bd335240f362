import { Failure } from './failure';
import { LiveProfile, RegionReading } from './profiles';
import type { LiveLifecycle, SurveyedRegion } from './survey';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { readProfileId } from '../routing/profile-id';

/** A point on which AWS and the card disagree. The codes are stable. */
export interface Difference {
  readonly code: 'PROFILE_NEW' | 'PROFILE_GONE' | 'DESTINATIONS_DIFFER' | 'PROFILE_STATUS' | 'LIFECYCLE_STATUS';
  readonly region: string;
  /** The inference profile or model that it is about. */
  readonly id: string;
  /** What the card holds, and what AWS says. */
  readonly card: string;
  readonly aws: string;
}

/** What a check of one Region against the card found. */
export interface CheckedRegion {
  readonly region: string;
  readonly state: 'in order' | 'differs' | 'could not be checked' | 'no Bedrock endpoint';
  readonly differences: Difference[];
  readonly failures: Failure[];
}

/** Judges a Region. It is in order only if every answer came and none differs. A Region that was asked for by name should have an endpoint. */
export function checkedRegion(card: ModelCard, reading: SurveyedRegion, named = false): CheckedRegion {
  const { region, lifecycle } = reading;
  const failures = [...reading.failures, ...lifecycle.failure && lifecycle.failure.kind !== 'not-found' ? [lifecycle.failure] : []];
  if (!named && card.inferenceProfileIdsFrom(region).length === 0 && failures.length > 0 && failures.every(({ kind }) => kind === 'no-endpoint')) {
    // As the table has it: the Region is not in it, and there is nothing to call.
    return { region, state: 'no Bedrock endpoint', differences: [], failures: [] };
  }
  const differences = [...profileDifferences(card, reading), ...lifecycle.value ? lifecycleDifferences(card, region, lifecycle.value) : []];
  const state = differences.length > 0 ? 'differs' : failures.length > 0 ? 'could not be checked' : 'in order';
  return { region, state, differences, failures };
}

/** Where the profiles of a Region differ from the card. What could not be read is no difference. */
function profileDifferences(card: ModelCard, reading: RegionReading): Difference[] {
  const { region } = reading;
  const expected = card.inferenceProfileIdsFrom(region);
  const gone = expected.filter((id) => reading.absent.includes(id))
    .map((id): Difference => ({ code: 'PROFILE_GONE', region, id, card: 'published', aws: 'no such profile' }));
  return [...gone, ...reading.profiles.flatMap((profile): Difference[] => {
    const status: Difference[] = profile.status === 'ACTIVE' ? [] : [{ code: 'PROFILE_STATUS', region, id: profile.id, card: 'ACTIVE', aws: value(profile.status) }];
    if (!expected.includes(profile.id)) {
      return [{ code: 'PROFILE_NEW', region, id: profile.id, card: 'no such profile', aws: profile.destinationRegions.join(', ') || 'published' }, ...status];
    }
    return [...destinationDifferences(card, region, profile), ...status];
  })];
}

/** Where the life of the model differs from the card. */
function lifecycleDifferences(card: ModelCard, region: string, life: LiveLifecycle): Difference[] {
  const said = card.lifecycleStatus(region) ?? 'ACTIVE';
  return life.status === said ? [] : [{
    code: 'LIFECYCLE_STATUS', region, id: card.modelId, card: card.lifecycle ? said : 'nothing', aws: value(life.status, ['ACTIVE', 'LEGACY']),
  }];
}

function destinationDifferences(card: ModelCard, region: string, profile: LiveProfile): Difference[] {
  const reading = readProfileId(card, profile.id);
  const routing = 'routing' in reading ? reading.routing : undefined;
  // AWS publishes no list of the global profile's destinations, so there is nothing to compare.
  if (routing?.inferenceOption === InferenceOption.GLOBAL) return [];
  const destinations = ((routing?.geography && card.destinationRegions(routing.geography, region)) ?? []).sort();
  return destinations.join() === profile.destinationRegions.join() ? [] : [{
    code: 'DESTINATIONS_DIFFER', region, id: profile.id, card: destinations.join(', '), aws: profile.destinationRegions.join(', '),
  }];
}

/** A value as it came, marked if it is none that this release knows. */
function value(status: string, known: string[] = ['ACTIVE']): string {
  return known.includes(status) ? status : `"${status}", which this release does not know`;
}
