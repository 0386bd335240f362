import { Geography, InferenceRouting, ModelCard } from '../../src';
import { readProfileId } from '../../src/routing/profile-id';
import { EVERY_FACT } from '../catalog/every-fact';
import { GEOGRAPHIES, MANTLE_MODEL_ID, MODEL_ID } from '../fixtures/documented-regions';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const FROM_LONDON = `expected "eu.${MODEL_ID}" or "global.${MODEL_ID}" from "eu-west-2" (as of 2026-10).`;

test.each(GEOGRAPHIES)('%s. is read as its geography', (prefix) => {
  expect(`${readProfileId(card, `${prefix}.${MODEL_ID}`).routing}`).toBe(`${InferenceRouting.geo(Geography.of(prefix))}`);
  expect(readProfileId(card, `${prefix}.${MODEL_ID}`).finding).toBeUndefined();
});

test('global. is read as global inference', () => {
  expect(readProfileId(card, `global.${MODEL_ID}`).routing!.option).toBe('GLOBAL');
});

test.each([
  ['the bare model ID', MODEL_ID, 'Inference profile ID is the bare model ID of Claude Haiku 4.5, which has no on-demand inference on bedrock-runtime'],
  ['the bedrock-mantle ID', MANTLE_MODEL_ID, 'Inference profile ID is the bedrock-mantle ID of Claude Haiku 4.5, which only InRegionInference takes'],
  ['a geography twice', `eu.eu.${MODEL_ID}`, 'Inference profile ID has its geography "eu" twice'],
  ['global twice', `global.global.${MODEL_ID}`, 'Inference profile ID has its geography "global" twice'],
  ['a spelling from blogs', 'anthropic.claude-haiku-4-5-v1:0',
    'Inference profile ID has no geography in front, and is a model ID that no AWS page has (blogs spell it in several ways)'],
  ['an ARN', `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.${MODEL_ID}`, 'Inference profile ID is an ARN'],
  ['the name on another platform', 'claude-haiku-4-5-20251001', 'Inference profile ID is the name of Claude Haiku 4.5 on Claude API'],
  ['the name at Box', 'aws__claude_4_5_haiku', 'Inference profile ID is the name of Claude Haiku 4.5 on Box AI'],
  ['a typo', 'eu.anthropic.claude-hiaku-4-5-20251001-v1:0',
    `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "eu.${MODEL_ID}")`],
  ['a missing suffix', 'us.anthropic.claude-haiku-4-5-20251001',
    `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "us.${MODEL_ID}")`],
  ['a blog spelling with a geography', 'eu.anthropic.claude-haiku-4-5-v1:0',
    `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "eu.${MODEL_ID}")`],
  ['upper case', `EU.${MODEL_ID}`, `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "eu.${MODEL_ID}")`],
  ['one letter for a geography', `x.${MODEL_ID}`, `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "us.${MODEL_ID}")`],
  ['a digit before a geography twice', `1eu.eu.${MODEL_ID}`,
    `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "eu.${MODEL_ID}")`],
  ['a line break after another geography', `in-x.${MODEL_ID}\n`,
    `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "in.${MODEL_ID}")`],
  ['an unresolved token', '${Token[TOKEN.7]}', 'Inference profile ID is an unresolved token, and it decides where data may go'],
  ['nothing', '', `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "us.${MODEL_ID}")`],
])('%s is told what it is, and the right IDs from here', (_, id, nature) => {
  expect(readProfileId(card, id, 'eu-west-2')).toEqual({
    finding: { code: 'NOT_AN_INFERENCE_PROFILE_ID', message: `${nature}, got ${JSON.stringify(id)}; ${FROM_LONDON}` },
  });
});

test.each([[undefined, 'undefined'], [null, 'null'], [7, '7']])('%p is not a string', (id, shown) => {
  expect(readProfileId(card, id as unknown as string, 'eu-west-2').finding!.message).toBe(`Inference profile ID is not a string, got ${shown}; ${FROM_LONDON}`);
});

test.each(['apac', 'us-gov', 'mars', 'ca'])('%s. is a geography that is not published for the model', (prefix) => {
  expect(readProfileId(card, `${prefix}.${MODEL_ID}`, 'eu-west-2').finding).toEqual({
    code: 'GEOGRAPHY_NOT_PUBLISHED',
    message: `Geography is not published for Claude Haiku 4.5, got "${prefix}"; expected one of "us", "eu", "au", "jp", "in" (as of 2026-10). `
      + 'Use one of these, or pass a card of your own that publishes it: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).',
  });
});

test('from a global-only Region the right ID is the global one', () => {
  expect(readProfileId(card, MODEL_ID, 'sa-east-1').finding!.message).toMatch(`; expected "global.${MODEL_ID}" from "sa-east-1" (as of 2026-10).`);
});

test('from an undocumented Region there is no right ID', () => {
  expect(readProfileId(card, MODEL_ID, 'eu-north-9').finding!.message).toMatch(
    '; expected a source Region that is documented for Claude Haiku 4.5, which "eu-north-9" is not (as of 2026-10).');
});

test('where the Region is not known every ID is named', () => {
  const ids = [...GEOGRAPHIES, 'global'].map((prefix) => `"${prefix}.${MODEL_ID}"`).join(', ');
  expect(readProfileId(card, MODEL_ID).finding!.message).toMatch(`; expected one of ${ids} (as of 2026-10).`);
});

test('a card without a global profile does not take its ID', () => {
  const cited = { sourceUrl: 'https://example.com/card', asOf: '2026-11' };
  const mantle = { ...cited, name: 'Mine', modelId: 'anthropic.mine-v1:0', mantleModelId: 'anthropic.mine', inRegionOnMantle: { ...cited, regions: ['eu-west-1'] } };
  expect(readProfileId(ModelCard.of(mantle), 'global.anthropic.mine-v1:0').finding!.message).toBe(
    'Inference profile ID is not one that AWS publishes for Mine, got "global.anthropic.mine-v1:0"; expected none, for Mine has no inference profile (as of 2026-11).');
});

test('the bare ID of a model with In-Region inference on bedrock-runtime is said to be that', () => {
  expect(readProfileId(ModelCard.of(EVERY_FACT), 'anthropic.claude-limerick-9').finding!.message).toMatch(
    /^Inference profile ID is the bare model ID of Claude Limerick 9, which is In-Region inference on bedrock-runtime, got "anthropic\.claude-limerick-9"; /);
});
