import { CacheTtl, Geography, InferenceOption, ModelCard, ModelCardProps, ThinkingType } from '../../src';
import { CITED } from '../kit/stack';

const SOUND: ModelCardProps = {
  ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', globalSources: { ...CITED, regions: ['eu-west-1'] },
};

const LIMITS = { ...CITED, contextTokens: 1, maxOutputTokens: 1 };

test('every problem of a card is reported at once', () => {
  const props = {
    sourceUrl: 'http://example.com',
    asOf: '2026-13',
    name: ' ',
    modelId: 'eu.anthropic.mine-v1:0',
    mantleModelId: 'mine',
    geoRoutes: [
      { sourceUrl: '', asOf: '2026-11-32', geography: Geography.EU, sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-3', 'eu-west-3', 'eu-wset-1'] },
      { ...CITED, geography: Geography.EU, sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-1'] },
    ],
    globalSources: { sourceUrl: 'https://example.com/card', asOf: '', regions: [] },
    inRegionOnMantle: { ...CITED, regions: ['us-east-1', 'us-east-1'] },
    quotas: [{ ...CITED, asOf: 'today', name: 'Requests', code: 'L-1', adjustable: true }],
  } as unknown as ModelCardProps;
  expect(() => ModelCard.of(props)).toThrow(new Error([
    'Model card " " is not valid:',
    '  - name: got " "; expected the model\'s name',
    '  - modelId: got "eu.anthropic.mine-v1:0"; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"',
    '  - sourceUrl: got "http://example.com"; expected the https address of the page that says so',
    '  - asOf: got "2026-13"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - mantleModelId: got "mine"; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"',
    '  - geoRoutes[0].sourceUrl: got ""; expected the https address of the page that says so',
    '  - geoRoutes[0].asOf: got "2026-11-32"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - geoRoutes[0].destinationRegions[2]: got "eu-wset-1"; expected a Region code such as "eu-west-2"',
    '  - geoRoutes[0].destinationRegions: got "eu-west-3" twice; expected it once',
    '  - geoRoutes[0].destinationRegions: got a list without "eu-west-1"; expected the source Region among its own destinations',
    '  - geoRoutes: got a row for "eu-west-1" in Geo EU twice; expected it once',
    '  - globalSources.asOf: got ""; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - globalSources.regions: got []; expected a list of at least one Region',
    '  - inRegionOnMantle.regions: got "us-east-1" twice; expected it once',
    '  - quotas[0].asOf: got "today"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
  ].join('\n')));
});

test.each<[string, Partial<Record<keyof ModelCardProps, unknown>>, string]>([
  ['no way to call the model', { globalSources: undefined }, 'geoRoutes, globalSources, inRegionOnMantle, inRegionOnRuntime: all four are left out; expected at least one, or the model cannot be called'],
  ['Regions of bedrock-mantle without its ID', { inRegionOnMantle: { ...CITED, regions: ['us-east-1'] } },
    'inRegionOnMantle: got Regions without a mantleModelId; expected the ID that bedrock-mantle takes'],
  ['no name', { name: undefined }, 'name: got no value; expected the model\'s name'],
  ['a profile ARN as model ID', { modelId: 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.x' },
    'modelId: got "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.x"; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"'],
  ['a table that is not a list', { batch: { ...CITED, regions: 'eu-west-1' } }, 'batch.regions: got "eu-west-1"; expected a list of at least one Region'],
  ['a geography by its prefix', { geoRoutes: [{ ...CITED, geography: 'eu', sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-1'] }] },
    'geoRoutes[0].geography: got "eu"; expected a Geography'],
  ['sampling parameters that are no list', { limits: { ...LIMITS, samplingParameters: 'top_p' } },
    'limits.samplingParameters: got "top_p"; expected a list, empty for a model that takes none'],
  ['a sampling parameter by Converse\'s name', { limits: { ...LIMITS, samplingParameters: ['temperature', 'topP'] } },
    'limits.samplingParameters[1]: got "topP"; expected the name in a Messages request, such as "top_p"'],
  ['a sampling parameter twice', { limits: { ...LIMITS, samplingParameters: ['top_k', 'top_k'] } },
    'limits.samplingParameters: got "top_k" twice; expected it once'],
  ['an unresolved token for a Region', { globalSources: { ...CITED, regions: ['${Token[AWS.Region.4]}'] } },
    'globalSources.regions[0]: got "${Token[AWS.Region.4]}"; expected a Region code such as "eu-west-2"'],
])('a card with %s is refused', (_, change, problem) => {
  const props = { ...SOUND, ...change } as ModelCardProps;
  expect(() => ModelCard.of(props)).toThrow(new Error(`Model card ${props.name === undefined ? '' : '"Mine" '}is not valid:\n  - ${problem}`));
});

test('a card may say that the model takes no sampling parameters', () => {
  expect(ModelCard.of({ ...SOUND, limits: { ...LIMITS, samplingParameters: [] } }).limits).toMatchObject({ samplingParameters: [] });
});

test.each([undefined, null, 'a card'])('%p is not a card, and that is said', (props) => {
  expect(() => ModelCard.of(props as unknown as ModelCardProps)).toThrow(new Error(
    `Model card is not an object, got ${JSON.stringify(props) ?? 'undefined'}; expected the model's facts: name, modelId, sourceUrl, asOf and more. Pass them to ModelCard.of by their names.`));
});

test.each(['us-gov-west-1', 'cn-north-1', 'eu-isoe-west-1', 'eusc-de-east-1', 'mx-central-1'])('%s is spelled as a Region', (region) => {
  expect(ModelCard.of({ ...SOUND, globalSources: { ...CITED, regions: [region] } }).globalSources!.regions).toEqual([region]);
});

test.each(['eu-west', 'eu-west-22', 'EU-WEST-1', 'eu_west_1', 'eu-west-1a', ' eu-west-1', 'global', '*'])('%p is not spelled as a Region', (region) => {
  expect(() => ModelCard.of({ ...SOUND, globalSources: { ...CITED, regions: [region] } })).toThrow(
    `globalSources.regions[0]: got ${JSON.stringify(region)}; expected a Region code such as "eu-west-2"`);
});

test('numbers that no request could have are refused', () => {
  const props: ModelCardProps = {
    ...SOUND,
    limits: { ...CITED, contextTokens: 0, maxOutputTokens: 1.5, thinking: { ...CITED, types: [ThinkingType.ENABLED], minBudgetTokens: -1 } },
    promptCaching: { ...CITED, minTokensPerCheckpoint: NaN, maxCheckpoints: 4, ttls: [CacheTtl.FIVE_MINUTES], fields: ['system'] },
    prices: [{ ...CITED, inferenceOption: InferenceOption.GLOBAL, inputPerMillion: 0, outputPerMillion: -0.01 }],
  };
  expect(() => ModelCard.of(props)).toThrow(new Error([
    'Model card "Mine" is not valid:',
    '  - limits.contextTokens: got 0; expected a whole number above 0',
    '  - limits.maxOutputTokens: got 1.5; expected a whole number above 0',
    '  - limits.thinking.minBudgetTokens: got -1; expected a whole number above 0',
    '  - promptCaching.minTokensPerCheckpoint: got NaN; expected a whole number above 0',
    '  - prices[0].outputPerMillion: got -0.01; expected an amount of 0 or more',
  ].join('\n')));
});
