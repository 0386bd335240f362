import { CacheCheckpoints, CacheTtl, PromptCaching } from '../../src';
import { thrown } from '../kit/three-ways';

const { FIVE_MINUTES, ONE_HOUR } = CacheTtl;

test('one place is said by its own name, for five minutes unless said otherwise', () => {
  expect(PromptCaching.tools()._checkpoints).toEqual({ tools: '5m' });
  expect(PromptCaching.systemPrompt(ONE_HOUR)._checkpoints).toEqual({ system: '1h' });
  expect(PromptCaching.messages(ONE_HOUR)._checkpoints).toEqual({ messages: '1h' });
});

test.each<[CacheCheckpoints]>([
  [{ tools: ONE_HOUR, system: FIVE_MINUTES }],
  [{ tools: ONE_HOUR, system: ONE_HOUR, messages: ONE_HOUR }],
  [{ tools: ONE_HOUR, messages: FIVE_MINUTES }],
  [{ tools: FIVE_MINUTES, system: FIVE_MINUTES, messages: FIVE_MINUTES }],
])('the order of %j is taken', (checkpoints) => {
  expect(PromptCaching.of(checkpoints)._checkpoints).toEqual(checkpoints);
});

test.each<[CacheCheckpoints]>([
  [{ tools: FIVE_MINUTES, system: ONE_HOUR }],
  [{ system: FIVE_MINUTES, messages: ONE_HOUR }],
  [{ tools: ONE_HOUR, system: FIVE_MINUTES, messages: ONE_HOUR }],
])('the order of %j is refused', (checkpoints) => {
  expect(thrown(() => PromptCaching.of(checkpoints))).toBe(
    `Cache checkpoints are in an order that the model refuses, got ${JSON.stringify(checkpoints)}; `
    + 'expected those of one hour before those of five minutes, in the order tools, system, messages. '
    + 'Give the earlier ones CacheTtl.ONE_HOUR, or the later ones CacheTtl.FIVE_MINUTES.');
});

test('no checkpoint at all is refused', () => {
  expect(thrown(() => PromptCaching.of({}))).toBe(
    'PromptCaching has no checkpoint, got {}; expected at least one of "tools", "system", "messages". Name a place, or leave promptCaching out.');
});

test('a lifetime from a caller without a type checker is refused', () => {
  expect(thrown(() => PromptCaching.systemPrompt('2h' as CacheTtl))).toBe(
    'Cache checkpoint has an unknown lifetime, got "2h"; expected CacheTtl.FIVE_MINUTES or CacheTtl.ONE_HOUR. Use one of the two.');
});
