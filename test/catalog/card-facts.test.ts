import fc from 'fast-check';
import { ModelCard, ModelCardProps, ServiceTier } from '../../src';
import '../property-seed';
import { CITED } from '../kit/stack';

const SOUND: ModelCardProps = {
  ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', globalSources: { ...CITED, regions: ['eu-west-1'] },
};
const quota = { ...CITED, name: 'Requests', code: 'L-1', adjustable: true };
const price = { ...CITED, inferenceOption: 'GLOBAL', inputPerMillion: 1, outputPerMillion: 5 };

/** Every problem of a card that is sound but for this change. */
function problemsOf(change: object): string[] {
  try {
    ModelCard.of({ ...SOUND, ...change });
  } catch (error) {
    const [first, ...problems] = (error as Error).message.split('\n');
    expect(first).toMatch(/ is not valid:$/);
    return problems.map((problem) => problem.replace('  - ', ''));
  }
  return [];
}

describe('a Region code', () => {
  test.each([
    'ca-west-1', 'us-east-1', 'me-south-1', 'xx-north-1', 'eu-central-2', 'ap-northeast-3', 'xx-northwest-1', 'ap-southeast-7', 'ap-southwest-9',
    'us-iso-east-1', 'us-isob-east-1', 'us-gov-east-1',
  ])('%s is taken', (region) => expect(problemsOf({ globalSources: { ...CITED, regions: [region] } })).toEqual([]));

  test.each([
    ['eu-west-0', '"eu-west-0"'], ['e-west-1', '"e-west-1"'], ['europe-west-1', '"europe-west-1"'], ['eu-isoab-west-1', '"eu-isoab-west-1"'],
    ['eu-middle-1', '"eu-middle-1"'], [7, '7'], [null, 'null'], [['eu-west-1'], '["eu-west-1"]'],
  ])('%p is refused', (region, shown) => expect(problemsOf({ globalSources: { ...CITED, regions: [region] } })).toEqual([
    `globalSources.regions[0]: got ${shown}; expected a Region code such as "eu-west-2"`,
  ]));

  test('what stands in a list three times is reported once', () => {
    expect(problemsOf({ batch: { ...CITED, regions: ['eu-west-1', 'eu-west-2', 'eu-west-1', 'eu-west-1'] } })).toEqual([
      'batch.regions: got "eu-west-1" twice; expected it once',
    ]);
  });
});

describe('a model ID', () => {
  test.each(['anthropic.claude-haiku-4-5', 'a.b', 'anthropic.mine-v1:10', '1a-b.2c-d'])('%s is taken', (modelId) => {
    expect(problemsOf({ modelId })).toEqual([]);
    expect(problemsOf({ mantleModelId: modelId })).toEqual([]);
  });

  test.each([
    ['!anthropic.mine', '"!anthropic.mine"'], ['anthropic.mine!', '"anthropic.mine!"'], ['anthropic.mine:', '"anthropic.mine:"'],
    ['anthropic.mine:v', '"anthropic.mine:v"'], ['.mine', '".mine"'], ['anthropic.', '"anthropic."'], ['us.anthropic.mine', '"us.anthropic.mine"'],
    [['anthropic.mine'], '["anthropic.mine"]'], [null, 'null'],
  ])('%p is refused', (id, shown) => {
    const expected = `got ${shown}; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"`;
    expect(problemsOf({ modelId: id })).toEqual([`modelId: ${expected}`]);
    expect(problemsOf({ mantleModelId: id })).toEqual([`mantleModelId: ${expected}`]);
  });
});

describe('a citation', () => {
  test.each(['2026-01', '2026-09', '2026-10', '2026-12', '2026-11-01', '2026-11-09', '2026-11-10', '2026-11-29', '2026-11-30', '2026-12-31', '2024-02-29', '2099-02-28'])('%s is a date', (asOf) => {
    expect(problemsOf({ asOf })).toEqual([]);
  });

  test.each([
    ['2026', '"2026"'], ['2026-00', '"2026-00"'], ['2026-13', '"2026-13"'], ['2026-1', '"2026-1"'], ['2026-11-00', '"2026-11-00"'], ['2026-11-1', '"2026-11-1"'],
    ['2026-11-32', '"2026-11-32"'], ['2026-11-31', '"2026-11-31"'], ['2099-02-31', '"2099-02-31"'], ['2026-02-29', '"2026-02-29"'],
    ['12026-11', '"12026-11"'], ['2026-11-011', '"2026-11-011"'], ['2026-11-01T00:00Z', '"2026-11-01T00:00Z"'],
    ['2o26-11', '"2o26-11"'], [['2026-11'], '["2026-11"]'], [undefined, 'no value'],
  ])('%p is no date', (asOf, shown) => {
    expect(problemsOf({ asOf })).toEqual([`asOf: got ${shown}; expected the date of that page as YYYY-MM or YYYY-MM-DD`]);
  });

  test.each(['https://a.b', 'https://example.com/a.html?b=c#d'])('%s is an address', (sourceUrl) => expect(problemsOf({ sourceUrl })).toEqual([]));

  test.each([
    ['see https://a.b', '"see https://a.b"'], ['https://a.b c', '"https://a.b c"'], ['https://localhost', '"https://localhost"'], ['https://a.', '"https://a."'],
    ['https://.b', '"https://.b"'], ['http://a.b', '"http://a.b"'], [['https://a.b'], '["https://a.b"]'], [undefined, 'no value'],
  ])('%p is no address', (sourceUrl, shown) => {
    expect(problemsOf({ sourceUrl })).toEqual([`sourceUrl: got ${shown}; expected the https address of the page that says so`]);
  });

  test('every row has one', () => {
    const uncited = { sourceUrl: 'a book', asOf: '2026-11' };
    const rows = {
      inRegionOnMantle: { regions: ['eu-west-1'] },
      batch: { regions: ['eu-west-1'] },
      lifecycle: { status: 'ACTIVE', launchDate: '2026-01-01' },
      limits: { contextTokens: 1, maxOutputTokens: 1 },
      promptCaching: { minTokensPerCheckpoint: 1, maxCheckpoints: 1, ttls: ['5m'], fields: ['system'] },
      serviceTiers: { supported: [ServiceTier.DEFAULT], unsupported: [] },
    };
    const lists = { quotas: quota, prices: price };
    expect(problemsOf({
      mantleModelId: 'anthropic.mine',
      ...Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...row, ...uncited }])),
      ...Object.fromEntries(Object.entries(lists).map(([name, row]) => [name, [{ ...row, ...CITED, code: 'L-0', inferenceOption: 'GEO' }, { ...row, ...uncited }]])),
      notes: { platformNames: [{ ...CITED, platform: 'p', name: 'n' }, { ...uncited, platform: 'p', name: 'n' }] },
    })).toEqual([...Object.keys(rows), 'quotas[1]', 'prices[1]', 'notes.platformNames[1]'].map((where) =>
      `${where}.sourceUrl: got "a book"; expected the https address of the page that says so`));
  });
});

test('a day is taken if and only if the calendar has it', () => {
  const whole = (min: number, max: number) => fc.integer({ min, max });
  fc.assert(fc.property(whole(1000, 9999), whole(1, 12), whole(1, 31), (year, month, day) => {
    const asOf = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const exists = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(asOf);
    expect(problemsOf({ asOf })).toHaveLength(exists ? 0 : 1);
  }));
});

describe('facts', () => {
  test('what may not be said twice', () => {
    expect(problemsOf({ quotas: [quota, quota], prices: [price, price] })).toEqual([
      'quotas: got "L-1" twice; expected it once', 'prices: got "GLOBAL" twice; expected it once',
    ]);
  });

  test.each([Infinity, 2 ** 53, -1, 0])('%p months are no legacy period', (legacyPeriodMonths) => {
    expect(problemsOf({ lifecycle: { ...CITED, status: 'LEGACY', launchDate: '2026-01-01', legacyPeriodMonths } })).toEqual([
      `lifecycle.legacyPeriodMonths: got ${legacyPeriodMonths}; expected a whole number above 0`,
    ]);
  });

  test.each([
    ['launchDate', '2099-02-31', 'a day as YYYY-MM-DD'], ['launchDate', '2026-01', 'a day as YYYY-MM-DD'], ['launchDate', 'Oct 16, 2025', 'a day as YYYY-MM-DD'],
    ['endOfLifeNotBefore', '2026-11-31', 'a day as YYYY-MM-DD'], ['knowledgeCutoff', '2025-13', 'a month as YYYY-MM, or a day as YYYY-MM-DD'],
    ['knowledgeCutoff', 'Feb 2025', 'a month as YYYY-MM, or a day as YYYY-MM-DD'],
  ])('a lifecycle with the %s %p is refused', (field, value, expected) => {
    expect(problemsOf({ lifecycle: { ...CITED, status: 'LEGACY', launchDate: '2026-01-01', [field]: value } })).toEqual([
      `lifecycle.${field}: got ${JSON.stringify(value)}; expected ${expected}`,
    ]);
  });

  test('a lifecycle may name days and months', () => {
    const dates = { launchDate: '2024-02-29', endOfLifeNotBefore: '2099-12-31', knowledgeCutoff: '2025-02' };
    expect(problemsOf({ lifecycle: { ...CITED, status: 'LEGACY', ...dates } })).toEqual([]);
    expect(problemsOf({ lifecycle: { ...CITED, status: 'LEGACY', ...dates, knowledgeCutoff: '2025-02-28' } })).toEqual([]);
  });

  test.each([Infinity, NaN, -0.5])('%p is no price', (inputPerMillion) => {
    expect(problemsOf({ prices: [{ ...price, inputPerMillion }] })).toEqual([`prices[0].inputPerMillion: got ${inputPerMillion}; expected an amount of 0 or more`]);
  });

  test.each(['', '  ', 7, null])('%p is no successor', (successor) => {
    expect(problemsOf({ lifecycle: { ...CITED, status: 'LEGACY', launchDate: '2026-01-01', successor } })).toEqual([
      `lifecycle.successor: got ${JSON.stringify(successor)}; expected the name or ID of a model, or no successor`,
    ]);
  });

  test.each([['  ', '"  "'], [7, '7'], [undefined, 'no value']])('a disagreement on %p is none', (topic, shown) => {
    const [row] = ModelCard.CLAUDE_HAIKU_4_5.notes.disagreements!;
    expect(problemsOf({ notes: { disagreements: [{ ...row, topic }] } })).toEqual([`notes.disagreements[0].topic: got ${shown}; expected a text`]);
  });
});

test('a route without destinations says so, and no more', () => {
  const geography = ModelCard.CLAUDE_HAIKU_4_5.geographies[0];
  expect(problemsOf({ geoRoutes: [{ ...CITED, geography, sourceRegion: 'us-east-1', destinationRegions: undefined }] })).toEqual([
    'geoRoutes[0].destinationRegions: got no value; expected a list of at least one Region',
  ]);
});

test('an empty list of routes is no way to call the model', () => {
  expect(problemsOf({ geoRoutes: [], globalSources: undefined })).toEqual([
    'geoRoutes, globalSources, inRegionOnMantle, inRegionOnRuntime: all four are left out; expected at least one, or the model cannot be called',
  ]);
});
