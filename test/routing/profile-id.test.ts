import { Geography, InferenceRouting, ModelCard } from '../../src';
import { Finding, ProfileIdMistake } from '../../src/routing/finding';
import { readProfileId } from '../../src/routing/profile-id';
import { GEOGRAPHIES, MANTLE_MODEL_ID, MODEL_ID } from '../fixtures/documented-regions';

const card = ModelCard.CLAUDE_HAIKU_4_5;

function routingOf(id: string): InferenceRouting | undefined {
  const reading = readProfileId(card, id);
  return 'routing' in reading ? reading.routing : undefined;
}

function finding(id: unknown, region?: string, of = card): Finding | undefined {
  const reading = readProfileId(of, id as string, region);
  return 'finding' in reading ? reading.finding : undefined;
}

test.each(GEOGRAPHIES)('%s. is read as its geography', (prefix) => {
  expect(`${routingOf(`${prefix}.${MODEL_ID}`)}`).toBe(`${InferenceRouting.geo(Geography.of(prefix))}`);
});

test('global. is read as global inference', () => {
  expect(routingOf(`global.${MODEL_ID}`)!.inferenceOption).toBe('GLOBAL');
});

const NEAREST = (prefix: string): ProfileIdMistake => ({ kind: 'not published', nearest: `${prefix}.${MODEL_ID}` });

test.each<[string, unknown, ProfileIdMistake]>([
  ['the bare model ID', MODEL_ID, { kind: 'model ID' }],
  ['the bedrock-mantle ID', MANTLE_MODEL_ID, { kind: 'mantle ID' }],
  ['a geography twice', `eu.eu.${MODEL_ID}`, { kind: 'geography twice', geography: 'eu' }],
  ['global twice', `global.global.${MODEL_ID}`, { kind: 'geography twice', geography: 'global' }],
  ['a spelling from blogs', 'anthropic.claude-haiku-4-5-v1:0', { kind: 'made-up model ID' }],
  ['an ARN', `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.${MODEL_ID}`, { kind: 'ARN' }],
  ['the name on another platform', 'claude-haiku-4-5-20251001', { kind: 'name of another platform', platform: 'Claude API' }],
  ['the name at Box', 'aws__claude_4_5_haiku', { kind: 'name of another platform', platform: 'Box AI' }],
  ['a typo', 'eu.anthropic.claude-hiaku-4-5-20251001-v1:0', NEAREST('eu')],
  ['a missing suffix', 'us.anthropic.claude-haiku-4-5-20251001', NEAREST('us')],
  ['a blog spelling with a geography', 'eu.anthropic.claude-haiku-4-5-v1:0', NEAREST('eu')],
  ['upper case', `EU.${MODEL_ID}`, NEAREST('eu')],
  ['one letter for a geography', `x.${MODEL_ID}`, NEAREST('us')],
  ['a digit before a geography twice', `1eu.eu.${MODEL_ID}`, NEAREST('eu')],
  ['a line break after another geography', `in-x.${MODEL_ID}\n`, NEAREST('in')],
  ['an unresolved token', '${Token[TOKEN.7]}', { kind: 'token' }],
  ['nothing', '', NEAREST('us')],
  ['undefined', undefined, { kind: 'no text' }],
  ['null', null, { kind: 'no text' }],
  ['a number', 7, { kind: 'no text' }],
])('%s is told what it is, and the right IDs from here', (_, id, mistake) => {
  expect(finding(id, 'eu-west-2')).toEqual({
    code: 'NOT_AN_INFERENCE_PROFILE_ID',
    subject: 'INFERENCE_PROFILE_ID',
    model: 'Claude Haiku 4.5',
    mistake,
    sourceRegion: 'eu-west-2',
    given: [id],
    allowed: [`eu.${MODEL_ID}`, `global.${MODEL_ID}`],
    asOf: '2026-10',
    remedies: [],
  });
});

test.each(['apac', 'us-gov', 'mars', 'ca'])('%s. is a geography that is not published for the model', (prefix) => {
  expect(finding(`${prefix}.${MODEL_ID}`, 'eu-west-2')).toMatchObject({
    code: 'GEOGRAPHY_NOT_PUBLISHED', given: [prefix], remedies: [{ kind: 'CHOOSE_GEOGRAPHY', geographies: [Geography.EU] }, { kind: 'OWN_CARD' }],
  });
  expect(finding(`${prefix}.${MODEL_ID}`)!.remedies).toEqual([{ kind: 'OWN_CARD', cardFields: ['geoRoutes'] }]);
});

test('from a global-only Region the right ID is the global one', () => {
  expect(finding(MODEL_ID, 'sa-east-1')!.allowed).toEqual([`global.${MODEL_ID}`]);
});

test('from an undocumented Region there is no right ID', () => {
  expect(finding(MODEL_ID, 'eu-north-9')).toMatchObject({ allowed: [], remedies: [{ kind: 'OWN_CARD', cardFields: ['geoRoutes', 'globalSources'] }] });
});

test('where the Region is not known every ID is right', () => {
  expect(finding(MODEL_ID)!.allowed).toEqual([...GEOGRAPHIES, 'global'].map((prefix) => `${prefix}.${MODEL_ID}`));
});

test('a card without a global profile does not take its ID', () => {
  const cited = { sourceUrl: 'https://example.com/card', asOf: '2026-11' };
  const mantle = { ...cited, name: 'Mine', modelId: 'anthropic.mine-v1:0', mantleModelId: 'anthropic.mine', inRegionOnMantle: { ...cited, regions: ['eu-west-1'] } };
  expect(finding('global.anthropic.mine-v1:0', undefined, ModelCard.of(mantle))).toMatchObject({ mistake: { kind: 'not published' }, allowed: [] });
});
