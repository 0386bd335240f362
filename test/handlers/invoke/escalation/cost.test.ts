import * as fc from 'fast-check';
import { CrossRegionInferenceProfile, InferenceRouting, ModelCard } from '../../../../src';
import { costOf as costByCard } from '../../../../src/cost/cost';
import { priceOf } from '../../../../src/cost/price';
import { costOf } from '../../../../src/handlers/invoke/escalation/cost';
import { ratesOf } from '../../../../src/invoker/escalation-plan';
import { stackIn } from '../../../kit/stack';
import '../../../property-seed';

const CARDS = Object.entries(ModelCard).filter((entry): entry is [string, ModelCard] => entry[1] instanceof ModelCard && entry[1].geographiesOf('eu-west-1').length > 0);

test.each(CARDS)('a call of %s costs in the log what it costs by the card', (_, model) => {
  const tokens = fc.integer({ min: 0, max: 300_000 });
  for (const routing of [InferenceRouting.sourceGeography(), InferenceRouting.globalCrossRegion()]) {
    const target = new CrossRegionInferenceProfile(stackIn('eu-west-1'), 'Target', { model, routing });
    const rates = ratesOf(target);
    const price = priceOf(model, { inferenceOption: target.inferenceOption, sourceRegion: 'eu-west-1' })!;
    fc.assert(fc.property(tokens, tokens, tokens, tokens, tokens, (input, output, cacheRead, cacheWrite5m, cacheWrite1h) => {
      const cache = { cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite5m + cacheWrite1h, cacheHourTokens: cacheWrite1h };
      const cost = costOf({ inputTokens: input, outputTokens: output, ...cache }, rates);
      expect(cost).toBeCloseTo(costByCard({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }, price).dollars, 6);
    }), { numRuns: 50 });
  }
});

test('what has no price costs nothing that is known', () => {
  expect(costOf({ inputTokens: 1 }, undefined)).toBeUndefined();
});
