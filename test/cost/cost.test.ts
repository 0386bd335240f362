import * as fc from 'fast-check';
import { InferenceOption, ModelCard, ModelCatalog } from '../../src';
import { costOf, TokenUsage } from '../../src/cost/cost';
import { priceOf } from '../../src/cost/price';
import { DOCUMENTED_MODELS, DocumentedPrice } from '../fixtures/documented-models';
import '../property-seed';

const { GEO, GLOBAL, IN_REGION } = InferenceOption;
const tokens = fc.integer({ min: 0, max: 2_000_000 });
const RATES = ['inputPerMillion', 'outputPerMillion', 'cacheReadPerMillion', 'cacheWrite5mPerMillion', 'cacheWrite1hPerMillion'];

test.each(DOCUMENTED_MODELS)('%s: a call costs its tokens by the documented rates, those of a long context above its bound', (_, documented) => {
  const card = ModelCatalog.require(documented.name);
  for (const [inferenceOption, price] of [[GLOBAL, documented.price.global!], [GEO, documented.price.geo!]] as const) {
    fc.assert(fc.property(fc.array(tokens, { minLength: 5, maxLength: 5 }), (counts) => {
      const [input, output, cacheRead, cacheWrite5m, cacheWrite1h] = counts;
      const above = Object.keys(price).find((name) => name.startsWith('above'));
      const long = above !== undefined && input + cacheRead + cacheWrite5m + cacheWrite1h > Number(/\d+/.exec(above)![0]) * 1000;
      const rates = (long ? price[above] : price) as DocumentedPrice;
      const expected = counts.reduce((sum, count, index) => sum + count * (rates[RATES[index]] as number), 0) / 1e6;
      const cost = costOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }, priceOf(card, { inferenceOption, sourceRegion: 'eu-west-1' })!);
      expect(cost.dollars).toBeCloseTo(expected, 8);
      expect(cost.longContext).toBe(long);
      expect(Object.values(cost.parts).reduce((sum, part) => sum + part)).toBeCloseTo(cost.dollars, 8);
    }));
  }
});

test('a long context begins above its bound, whichever way its tokens came in', () => {
  const price = priceOf(ModelCard.CLAUDE_HAIKU_5_5, { inferenceOption: GLOBAL, sourceRegion: 'us-east-1' })!;
  const long = (usage: Partial<TokenUsage>) => costOf({ input: 0, output: 10, ...usage }, price).longContext;
  for (const kind of ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h']) {
    expect([long({ [kind]: 100_000 }), long({ [kind]: 100_001 })]).toEqual([false, true]);
  }
  expect(long({ input: 40_000, cacheRead: 40_000, cacheWrite1h: 20_001 })).toBe(true);
  expect(long({ output: 128_000 })).toBe(false);
});

test('the price of a geography of its own comes before that of all, and In-Region inference costs what Geo does there', () => {
  const inputOf = (card: ModelCard, inferenceOption: InferenceOption, sourceRegion: string) =>
    priceOf(card, { inferenceOption, sourceRegion })?.inputPerMillion;
  expect(inputOf(ModelCard.CLAUDE_SONNET_4_5, GEO, 'us-gov-west-1')).toBe(3.6);
  expect(inputOf(ModelCard.CLAUDE_SONNET_4_5, GEO, 'us-west-2')).toBe(3.3);
  expect(inputOf(ModelCard.CLAUDE_HAIKU_5_5, IN_REGION, 'us-gov-west-1')).toBe(0.12);
  expect(inputOf(ModelCard.CLAUDE_OPUS_4_8, IN_REGION, 'us-gov-west-1')).toBe(6);
  expect(inputOf(ModelCard.CLAUDE_OPUS_4_8, IN_REGION, 'us-east-1')).toBe(5.5);
  expect(inputOf(ModelCard.CLAUDE_SONNET_4_6, IN_REGION, 'eu-west-2')).toBe(3.3);
});

test('a card without a price has none, and one with a price for In-Region inference has that', () => {
  const { prices, ...props } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const way = { inferenceOption: IN_REGION, sourceRegion: 'eu-west-1' };
  expect(priceOf(ModelCard.of(props), way)).toBeUndefined();
  expect(priceOf(ModelCard.of({ ...props, prices: [prices![0]] }), way)).toBeUndefined();
  const own = { ...prices![1], inferenceOption: IN_REGION, inputPerMillion: 7 };
  expect(priceOf(ModelCard.of({ ...props, prices: [...prices!, own] }), way)).toEqual(own);
});

test('a record of a batch job costs half', () => {
  const price = priceOf(ModelCard.CLAUDE_HAIKU_4_5, { inferenceOption: GEO, sourceRegion: 'eu-west-2' })!;
  expect(costOf({ input: 1_000_000, output: 1_000_000 }, price, { batch: true }).dollars).toBeCloseTo(0.55 + 2.75, 10);
});

const source = 'https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json, as of 2026-11';
test.each<[string, ModelCard, TokenUsage, string]>([
  ['a batch job without a batch price', ModelCard.CLAUDE_HAIKU_5_5, { input: 1, output: 1 }, 'input of a batch job'],
  ['the cache of a batch job', ModelCard.CLAUDE_HAIKU_4_5, { input: 1, output: 1, cacheRead: 1 }, 'tokens read from the prompt cache of a batch job'],
  ['a batch job with a long context', ModelCard.CLAUDE_SONNET_4_5, { input: 200_001, output: 1 }, 'batch jobs with more than 200000 tokens of input'],
])('%s is refused', (_, card, usage, text) => {
  const price = priceOf(card, { inferenceOption: GEO, sourceRegion: 'eu-west-1' })!;
  expect(() => costOf(usage, price, { batch: true })).toThrow(
    new Error(`The card has no price for ${text} (${source}). Leave them out, or pass a card of your own that has one.`));
});

test('what a card has no rate for is refused only where it is used', () => {
  const { cacheReadPerMillion: _, ...price } = priceOf(ModelCard.CLAUDE_HAIKU_4_5, { inferenceOption: GEO, sourceRegion: 'eu-west-1' })!;
  expect(costOf({ input: 1_000_000, output: 0, cacheRead: 0 }, price).dollars).toBeCloseTo(1.1, 10);
  expect(() => costOf({ input: 1, output: 0, cacheRead: 1 }, price)).toThrow('The card has no price for tokens read from the prompt cache (');
});
