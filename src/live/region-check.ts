import { Difference, lifecycleDifferences, profileDifferences } from './drift';
import { Failure } from './failure';
import type { SurveyedRegion } from './survey';
import { ModelCard } from '../catalog/model-card';

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
