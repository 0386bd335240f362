import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Geography, ModelCard, ModelLifecycleStatus } from '../../src';
import { formatCard, parseCard } from '../../src/catalog/card-file';

const folder = mkdtempSync(join(tmpdir(), 'card-'));
const file = join(folder, 'card.json');
afterAll(() => rmSync(folder, { recursive: true }));

const cited = { sourceUrl: 'https://example.com/card', asOf: '2026-11' };
const route = { ...cited, geography: 'eu', sourceRegion: 'eu-west-2', destinationRegions: ['eu-west-1', 'eu-west-2'] };
const lifecycle = { ...cited, status: 'LEGACY', launchDate: '2027-01-01' };
const sound = {
  ...cited, format: 'cdk-bedrock-haiku/model-card/1', name: 'Claude Haiku 9', modelId: 'anthropic.claude-haiku-9-v1:0', geoRoutes: [route],
};

function problemsOf(card: unknown): string {
  try {
    parseCard(JSON.stringify(card), 'card.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'sound';
}

test('the built-in card survives the way into a file and back', () => {
  const text = formatCard(ModelCard.CLAUDE_HAIKU_4_5._toProps());
  writeFileSync(file, text);
  const card = ModelCard.fromFile(file);
  expect(formatCard(card._toProps())).toBe(text);
  expect(card.geoRoutes).toEqual(ModelCard.CLAUDE_HAIKU_4_5.geoRoutes);
  expect(card.limits).toEqual(ModelCard.CLAUDE_HAIKU_4_5.limits);
  expect(card.inferenceProfileIds).toEqual(ModelCard.CLAUDE_HAIKU_4_5.inferenceProfileIds);
});

test('a file holds a geography as its prefix', () => {
  const text = formatCard(ModelCard.CLAUDE_HAIKU_4_5._toProps());
  expect(text).toContain('"geography": "us"');
  expect(text).toContain('"geographiesWithoutStructuredOutputs": [\n      "in"\n    ]');
});

test('a small card of your own is enough', () => {
  writeFileSync(file, JSON.stringify({ ...sound, lifecycle: { ...lifecycle, successor: 'Claude Haiku 10' } }));
  const card = ModelCard.fromFile(file);
  expect(card.inferenceProfileIds).toEqual(['eu.anthropic.claude-haiku-9-v1:0']);
  expect(card.lifecycle).toMatchObject({ status: ModelLifecycleStatus.LEGACY, successor: 'Claude Haiku 10' });
});

test('every problem of a file is named at once, and none hides another', () => {
  expect(problemsOf({
    ...sound,
    format: 'other',
    name: ' ',
    modelId: 7,
    geoRoutes: [{ ...route, geography: 'EU', extra: true }, { ...route, destinationRegions: 'eu-west-1' }],
    globalSources: { sourceUrl: 'http://insecure', asOf: '2026', regions: ['eu-west-2', 'eu-west-2'] },
    limits: { ...cited, contextTokens: -1 },
    quotas: [{ ...cited, name: 'Q', code: 'L-1', adjustable: 'yes' }],
    lifecycle: { ...lifecycle, status: 'RETIRED' },
    nmae: 'Claude',
  }).split('\n').map((line) => line.slice(0, 110))).toEqual([
    'Model card file is not valid, got "card.json":',
    '  - format: got "other"; expected "cdk-bedrock-haiku/model-card/1"',
    '  - name: got " "; expected the model\'s name',
    '  - modelId: got 7; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"',
    '  - geoRoutes[0].geography: got "EU"; expected the first part of an inference profile ID, such as "eu"',
    '  - geoRoutes[0].extra: got a field that a model card does not have; expected one of "sourceUrl", "asOf", "geo',
    '  - geoRoutes[1].destinationRegions: got "eu-west-1"; expected a list of at least one Region',
    '  - globalSources.sourceUrl: got "http://insecure"; expected the https address of the page that says so',
    '  - globalSources.asOf: got "2026"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - globalSources.regions: got "eu-west-2" twice; expected it once',
    '  - lifecycle.status: got "RETIRED"; expected one of "ACTIVE", "LEGACY", "END_OF_LIFE"',
    '  - limits.contextTokens: got -1; expected a whole number above 0',
    '  - limits.maxOutputTokens: got nothing; expected a whole number above 0',
    '  - quotas[0].adjustable: got "yes"; expected true or false',
    '  - nmae: got a field that a model card does not have; expected one of "format", "name", "modelId", "sourceUrl',
  ]);
});

test.each([
  ['a list', [], 'Model card file is not valid, got "card.json":\n  - card: got []; expected an object'],
  ['null', null, 'Model card file is not valid, got "card.json":\n  - card: got null; expected an object'],
  ['a number', 7, 'Model card file is not valid, got "card.json":\n  - card: got 7; expected an object'],
  ['a card whose lifecycle is a number', { ...sound, lifecycle: 7 }, 'Model card file is not valid, got "card.json":\n  - lifecycle: got 7; expected an object'],
  ['a card whose own source is no address', { ...sound, sourceUrl: 'a book' },
    'Model card file is not valid, got "card.json":\n  - sourceUrl: got "a book"; expected the https address of the page that says so'],
  ['a card whose model ID has "card." in it', { ...sound, modelId: 'my-card.x!' },
    'Model card file is not valid, got "card.json":\n  - modelId: got "my-card.x!"; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"'],
  ['a card whose only table has another shape', { ...sound, geoRoutes: 'eu' }, 'Model card file is not valid, got "card.json":\n  - geoRoutes: got "eu"; expected a list'],
  ['a card with an empty successor', { ...sound, lifecycle: { ...lifecycle, successor: '' } },
    'Model card file is not valid, got "card.json":\n  - lifecycle.successor: got ""; expected the name or ID of a model, or no successor'],
])('%s is refused', (_, card, message) => {
  expect(problemsOf(card)).toBe(message);
});

test.each([['EU', '"EU"'], ['e', '"e"'], ['1eu', '"1eu"'], ['eu-', '"eu-"'], ['global', '"global"'], [['eu'], '["eu"]']])('%p is no geography', (geography, shown) => {
  expect(problemsOf({ ...sound, geoRoutes: [{ ...route, geography }] })).toBe(
    `Model card file is not valid, got "card.json":\n  - geoRoutes[0].geography: got ${shown}; expected the first part of an inference profile ID, such as "eu"`);
});

test.each(['us-gov', 'apac'])('%s may be a geography', (geography) => {
  expect(problemsOf({ ...sound, geoRoutes: [{ ...route, geography }] })).toBe('sound');
});

test.each([['"5"', '"5"'], ['1e999', 'Infinity'], ['-1', '-1']])('%s is no number of a file', (number, shown) => {
  const text = JSON.stringify({ ...sound, lifecycle: { ...lifecycle, legacyPeriodMonths: 0 } }).replace('"legacyPeriodMonths":0', `"legacyPeriodMonths":${number}`);
  expect(() => parseCard(text, 'card.json')).toThrow(new Error(
    `Model card file is not valid, got "card.json":\n  - lifecycle.legacyPeriodMonths: got ${shown}; expected a whole number above 0`));
});

test('a price may be 0', () => {
  const price = { ...cited, inferenceOption: 'GEO', inputPerMillion: 0, outputPerMillion: 0 };
  expect(problemsOf({ ...sound, prices: [price] })).toBe('sound');
});

test('a card holds what its file holds, and nothing else', () => {
  const limits = { ...cited, contextTokens: 200_000, maxOutputTokens: 64_000 };
  const { format: _, ...card } = { ...sound, limits, geoRoutes: [{ ...route, geography: Geography.EU }] };
  expect(parseCard(JSON.stringify({ ...sound, limits }), 'card.json')).toStrictEqual(card);
});

test('text that is not JSON is refused with the place of the mistake', () => {
  expect(() => parseCard('{"name": ', 'my card.json')).toThrow(
    /^Model card file is not JSON, got "my card.json": .+; expected what npx cdk-bedrock-haiku card --from-account writes\. Write it anew, or mend it there\.$/);
});

test('a file that is not there is named', () => {
  expect(() => ModelCard.fromFile(join(folder, 'none.json'))).toThrow(new Error(
    `File cannot be read, got ${JSON.stringify(join(folder, 'none.json'))} (ENOENT); expected a model card file. A relative path starts where the app runs: `
    + 'pass an absolute one. The command npx cdk-bedrock-haiku card --from-account writes such a file.'));
});

test.each([
  ['Latin-1', Buffer.from(JSON.stringify({ ...sound, name: 'Haïku' }), 'latin1'), 'not text in UTF-8'],
  ['UTF-16', Buffer.from(`\uFEFF${JSON.stringify(sound)}`, 'utf16le'), 'not text in UTF-8'],
  ['a cut character', Buffer.concat([Buffer.from(JSON.stringify(sound)), Buffer.from([0xe2, 0x82])]), 'not text in UTF-8'],
])('a file in %s is refused, and no character is exchanged in silence', (_, bytes, problem) => {
  writeFileSync(file, bytes);
  expect(() => ModelCard.fromFile(file)).toThrow(new Error(
    `File is ${problem}, got ${JSON.stringify(file)}; expected a model card file, which is. Save it as UTF-8, not as Latin-1, Windows-1252 or UTF-16.`));
});

test('a byte order mark is refused in words', () => {
  writeFileSync(file, `\uFEFF${JSON.stringify(sound)}`);
  expect(() => ModelCard.fromFile(file)).toThrow(new Error(
    `File begins with a byte order mark, got ${JSON.stringify(file)}; expected JSON, which has none. Save it as UTF-8 without BOM.`));
});

test('characters beyond ASCII are kept', () => {
  writeFileSync(file, JSON.stringify({ ...sound, name: 'Haïku 俳句 🍁' }));
  expect(ModelCard.fromFile(file).name).toBe('Haïku 俳句 🍁');
});

test('a day that the calendar does not have is refused wherever a day stands', () => {
  expect(problemsOf({ ...sound, asOf: '2099-02-31', lifecycle: { ...lifecycle, launchDate: '2099-02-31' }, geoRoutes: [{ ...route, asOf: '2099-02-31' }] })).toBe([
    'Model card file is not valid, got "card.json":',
    '  - asOf: got "2099-02-31"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - geoRoutes[0].asOf: got "2099-02-31"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - lifecycle.launchDate: got "2099-02-31"; expected a day as YYYY-MM-DD',
  ].join('\n'));
});
