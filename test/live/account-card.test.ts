import { ModelCard, ModelLifecycleStatus } from '../../src';
import { accountCard } from '../../src/live/account-card';
import { SurveyedRegion } from '../../src/live/survey';
import { EVERY_FACT } from '../catalog/every-fact';

const TODAY = '2026-11-27';

function read(region: string, status?: string): SurveyedRegion {
  return { region, profiles: [], absent: [], failures: [], complete: true, lifecycle: status === undefined ? {} : { value: { status } } };
}

test('what the account says of a Region takes the place of the state that the card has of it, and of no other', () => {
  const states = accountCard(EVERY_FACT, [read('eu-west-2', 'LEGACY')], TODAY).lifecycle!.regionStates;
  expect(states).toEqual(EVERY_FACT.lifecycle!.regionStates!.filter(({ region }) => region !== 'eu-west-2'));
  const all = accountCard(EVERY_FACT, [read('eu-west-2', 'ACTIVE'), read('sa-east-1', 'ACTIVE')], TODAY);
  expect(all.lifecycle).toMatchObject({ status: ModelLifecycleStatus.ACTIVE, asOf: TODAY });
  expect(all.lifecycle).not.toHaveProperty('regionStates');
});

test('a lifecycle that no Region states stays as it is', () => {
  expect(accountCard(EVERY_FACT, [read('eu-west-2')], TODAY).lifecycle).toEqual(EVERY_FACT.lifecycle);
});

test('what the account does not say stays as the card has it, and makes a sound card', () => {
  const card = ModelCard.of(accountCard(EVERY_FACT, [read('eu-west-2', 'LEGACY')], TODAY));
  expect(card.geoRoutes.map(({ sourceRegion }) => sourceRegion)).toEqual(['eu-west-1', 'us-gov-west-1']);
  const { limits, prices, quotas, geosWithoutRoutes, inRegionOnRuntime, notes } = card;
  expect({ limits, prices, quotas, geosWithoutRoutes, inRegionOnRuntime, notes }).toEqual({
    limits: EVERY_FACT.limits,
    prices: EVERY_FACT.prices,
    quotas: EVERY_FACT.quotas,
    geosWithoutRoutes: EVERY_FACT.geosWithoutRoutes,
    inRegionOnRuntime: EVERY_FACT.inRegionOnRuntime,
    notes: EVERY_FACT.notes,
  });
});
