import { ModelCard, ModelCatalog } from '../../src';
import { GEOGRAPHIES, MANTLE_MODEL_ID, MODEL_ID } from '../fixtures/documented-regions';

const NAMES = [
  'Claude Haiku 4.5', MODEL_ID, MANTLE_MODEL_ID, ...[...GEOGRAPHIES, 'global'].map((prefix) => `${prefix}.${MODEL_ID}`),
  'claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5@20251001', 'aws__claude_4_5_haiku', 'ANTHROPIC_CLAUDE_HAIKU_4_5_20251001_V1_0',
];
const OWN = ModelCard.of({
  name: 'Claude Haiku Next',
  modelId: 'anthropic.claude-haiku-next-v1:0',
  sourceUrl: 'https://example.com/card',
  asOf: '2026-11',
  globalSources: { regions: ['eu-west-1'], sourceUrl: 'https://example.com/card', asOf: '2026-11' },
});

test.each(NAMES)('%s finds Claude Haiku 4.5', (name) => {
  expect(ModelCatalog.find(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5);
  expect(ModelCatalog.require(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5);
});

test.each(['', 'claude-haiku-4.5', 'CLAUDE-HAIKU-4-5', `apac.${MODEL_ID}`, 'constructor'])('%p finds nothing', (name) => {
  expect(ModelCatalog.find(name)).toBeUndefined();
});

test.each([
  ['claude-haiku-4.5', 'claude-haiku-4-5'],
  ['claude-haiku-4-5-20251002', 'claude-haiku-4-5-20251001'],
  [`apac.${MODEL_ID}`, `au.${MODEL_ID}`],
  ['anthropic.claude-haiku-4-5-v1:0', MANTLE_MODEL_ID],
  ['Haiku 4.5', 'Claude Haiku 4.5'],
])('%s is not known, and the nearest is %s', (name, nearest) => {
  expect(() => ModelCatalog.require(name)).toThrow(new Error(
    `Model name is not known, got ${JSON.stringify(name)}; expected one of ${NAMES.map((known) => JSON.stringify(known)).join(', ')}. `
    + `The nearest is ${JSON.stringify(nearest)}. For another model, pass a card of your own: ModelCard.of({...}).`));
});

test('a card of one\'s own is found by its names', () => {
  expect(ModelCatalog.find('Claude Haiku Next')).toBeUndefined();
  expect(ModelCatalog.find('global.anthropic.claude-haiku-next-v1:0', [OWN])).toBe(OWN);
  expect(ModelCatalog.require('claude-haiku-4-5', [OWN])).toBe(ModelCard.CLAUDE_HAIKU_4_5);
});

test('the names of a card of one\'s own are offered too, without an ID that it does not have', () => {
  const own = ['Claude Haiku Next', 'anthropic.claude-haiku-next-v1:0', 'global.anthropic.claude-haiku-next-v1:0'];
  expect(() => ModelCatalog.require('claude haiku next', [OWN])).toThrow(new Error(
    `Model name is not known, got "claude haiku next"; expected one of ${[...own, ...NAMES].map((known) => JSON.stringify(known)).join(', ')}. `
    + 'The nearest is "Claude Haiku Next". For another model, pass a card of your own: ModelCard.of({...}).'));
});

test('a card of one\'s own is asked first', () => {
  const newer = ModelCard.CLAUDE_HAIKU_4_5.extend({ batch: { regions: ['me-west-1'], sourceUrl: 'https://example.com/card', asOf: '2026-11' } });
  expect(ModelCatalog.find('claude-haiku-4-5', [newer])).toBe(newer);
});
