import * as fc from 'fast-check';
import { CacheTtl, InferenceOption, ModelCard, ModelCatalog } from '../../src';
import { monthsFrom, Workload } from '../../src/cost/month';
import '../property-seed';

const WORKLOAD: Workload = { calls: 1_000_000, input: 800, cached: 6_000, output: 300, hitRate: 1, ttl: CacheTtl.FIVE_MINUTES };
const shown = (card: ModelCard, region: string, workload: Partial<Workload> = {}) => monthsFrom(card, region, { ...WORKLOAD, ...workload })
  .map(({ inferenceOption, geography, cached, uncached, batch }) =>
    [geography?.prefix ?? inferenceOption, ...[cached, uncached, batch].map((dollars) => dollars && Math.round(dollars))]);

test('a month from London, by hand', () => {
  // Geo: 800 * 1.10 + 6000 * 0.11 + 300 * 5.50 = 3190 dollars a million calls; without the cache 6800 * 1.10 + 1650.
  expect(shown(ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-2')).toEqual([['eu', 3_190, 9_130, 4_565], ['GLOBAL', 2_900, 8_300, 4_150]]);
});

test('In-Region inference has no batch jobs but where the card says so', () => {
  expect(shown(ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-1')).toEqual([['IN_REGION', 3_190, 9_130, undefined], ['eu', 3_190, 9_130, 4_565], ['GLOBAL', 2_900, 8_300, 4_150]]);
  const { prices, ...props } = ModelCard.CLAUDE_SONNET_4_6._toProps();
  const card = ModelCard.of({ ...props, prices: prices!.map((price) => ({ ...price, batchInputPerMillion: 1, batchOutputPerMillion: 2 })) });
  expect(monthsFrom(card, 'eu-west-2', WORKLOAD).map(({ batch }) => Math.round(batch!))).toEqual([7_400, 7_400, 7_400]);
});

test('a prefix below the least of a checkpoint is not cached', () => {
  expect(shown(ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-2', { cached: 4_095 })[0][1]).toBeUndefined();
  expect(shown(ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-2', { cached: 4_096 })[0][1]).toBeDefined();
  expect(shown(ModelCard.CLAUDE_HAIKU_5_5, 'eu-west-2', { cached: 512 })[0][1]).toBeDefined();
});

test('calls that miss the cache write it, for as long as asked', () => {
  const cached = (hitRate: number, ttl: CacheTtl) => shown(ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-2', { hitRate, ttl })[0][1];
  expect(cached(0, CacheTtl.FIVE_MINUTES)).toBe(880 + 8_250 + 1_650);
  expect(cached(0, CacheTtl.ONE_HOUR)).toBe(880 + 13_200 + 1_650);
  expect(cached(0.5, CacheTtl.ONE_HOUR)).toBe(880 + 6_600 + 330 + 1_650);
});

test('no batch price is said for a long context, and no month for a Region that the card does not have', () => {
  const [month] = monthsFrom(ModelCard.CLAUDE_SONNET_4_5, 'eu-west-2', { ...WORKLOAD, input: 200_001 });
  expect([month.longContext, month.batch]).toEqual([true, undefined]);
  expect(monthsFrom(ModelCard.CLAUDE_SONNET_4_5, 'me-west-1', WORKLOAD)).toEqual([]);
});

test('of any card and Region each way is there once, costs less from the cache, and in proportion to the calls', () => {
  const place = fc.constantFrom(...ModelCatalog.cards.flatMap((card) => card.regions.map((region) => [card, region] as const)));
  const count = fc.integer({ min: 1, max: 50_000 });
  fc.assert(fc.property(place, count, count, count, ([card, region], input, cached, output) => {
    const workload = { ...WORKLOAD, input, cached, output };
    const months = monthsFrom(card, region, workload);
    expect(months.map(({ inferenceOption }) => inferenceOption)).toEqual(card.inferenceOptions(region));
    const doubled = monthsFrom(card, region, { ...workload, calls: 2 * workload.calls });
    months.forEach((month, index) => {
      expect(doubled[index].uncached).toBeCloseTo(2 * month.uncached, 4);
      if (month.cached !== undefined) expect(month.cached).toBeLessThan(month.uncached);
      if (month.batch !== undefined) expect(month.batch).toBeCloseTo(month.uncached / 2, 4);
      if (month.inferenceOption === InferenceOption.GLOBAL) expect(Math.min(...months.map(({ uncached }) => uncached))).toBe(month.uncached);
    });
  }));
});
