import { tableProblems } from './table-problems';
import { ModelCard, ModelCardProps, ModelCatalog } from '../../src';
import { formatCard, parseCard } from '../../src/catalog/card-file';
import { soundCard } from '../../src/catalog/card-shape';
import { DOCUMENTED_MODELS, DocumentedModel, DocumentedPrice } from '../fixtures/documented-models';

const MODELS = DOCUMENTED_MODELS.map(([file, documented]) =>
  [documented.name, documented, (ModelCard as unknown as Record<string, ModelCard>)[file.toUpperCase().replaceAll('-', '_')]] as const);

test('there is a constant for each of the eleven documented models, and for Haiku 4.5', () => {
  expect(MODELS.map(([name, , card]) => [name, card.name])).toEqual(MODELS.map(([name]) => [name, name]));
  expect(new Set(ModelCatalog.cards)).toEqual(new Set([ModelCard.CLAUDE_HAIKU_4_5, ...MODELS.map(([, , card]) => card)]));
  expect(ModelCatalog.cards).toHaveLength(12);
});

test('a constant is the same card each time, and its tables are made once', () => {
  expect(ModelCard.CLAUDE_OPUS_5).toBe(ModelCard.CLAUDE_OPUS_5);
  expect(ModelCard.CLAUDE_OPUS_5._index).toBe(ModelCard.CLAUDE_OPUS_5._index);
  expect(ModelCard.CLAUDE_OPUS_5._props).toBe(ModelCard.CLAUDE_OPUS_5._props);
});

describe.each(MODELS)('%s', (_, documented, card) => {
  test('the whole card is what is documented, but for where each fact was read', () => {
    const { notes: _notes, quotas: _quotas, batchLimits: _batchLimits, ...props } = card._toProps();
    expect(uncited(props)).toEqual(expected(documented));
  });

  test('every citation is one of the documented sources, with the date of its copy', () => {
    // Of these two pages the facts were read for all models at once.
    const known = new Set([...documented.sources.map(({ url, asOf }) => `${url.split('/blob/')[0]} ${asOf}`),
      'https://docs.aws.amazon.com/general/latest/gr/bedrock.html 2026-10',
      'https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html 2026-10']);
    const cited = citationsIn(card._toProps()).map(({ sourceUrl, asOf }) => `${sourceUrl.split('/blob/')[0]} ${asOf}`);
    expect([...new Set(cited)].filter((citation) => !known.has(citation))).toEqual([]);
  });

  test('each difference from the APIs is a disagreement of the card', () => {
    const topics = card.notes.disagreements!.map(({ topic }) => topic);
    for (const difference of documented.crossCheck.differences) {
      // On the two endpoints of In-Region inference the sources differ once, from either side.
      const topic = difference.startsWith('global sources') ? 'global inference from me-central-1 and me-south-1'
        : difference.startsWith('profile ') ? `Geo ${difference.split(/[ :]/)[1].toUpperCase()}`
          : expect.stringMatching(/^In-Region inference in ap-northeast-2/) as string;
      expect(topics).toContainEqual(topic);
    }
    expect(card.notes.disagreements!.flatMap(({ disputedGlobalSources = [] }) => disputedGlobalSources)).toEqual(['me-central-1', 'me-south-1']);
  });

  test.each(card.notes.disagreements!.map((row) => [row.topic, row] as const))('on the %s both sources and a reason are named', (__, row) => {
    expect(row.chosenSourceUrl).toMatch(/^https:\/\/\S+\.\S+$/);
    expect(row.rejectedSourceUrl).toMatch(/^https:\/\/\S+\.\S+$/);
    expect(row.chosenSourceUrl).not.toBe(row.rejectedSourceUrl);
    expect(row.chosen).not.toBe(row.rejected);
    expect(row.reason).toMatch(/^[A-Z].{20,}\.$/);
  });

  test('it passes every check that a card of your own must pass, its Regions exist, and it goes through a file and back', () => {
    expect(soundCard(card._toProps())).toEqual(card._toProps());
    expect(tableProblems(card._toProps())).toEqual([]);
    expect(parseCard(formatCard(card._toProps()), 'card.json')).toEqual(card._toProps());
  });

  test('its profile IDs are the documented ones', () => {
    expect(documented.profiles.map(({ id }) => id).sort()).toEqual(card.geographies.filter(({ prefix }) => prefix !== 'us-gov').map((geography) => card.inferenceProfileId(geography)).sort());
    expect(card.inferenceProfileId()).toBe(documented.globalProfileId);
    if (documented.govCloud?.routes) expect(card.inferenceProfileIds).toContain(documented.govCloud.profileId);
  });

  test('what no card holds is the same for every model', () => {
    // All answer to InvokeModel and Converse on bedrock-runtime and take guardrails there; bedrock-mantle has the Messages API alone.
    expect(documented.endpoints.runtime.apis).toEqual(expect.arrayContaining(['Converse', 'Invoke']));
    expect(documented.endpoints.mantle).toMatchObject({ supported: documented.ids.mantle !== null, apis: documented.ids.mantle === null ? [] : ['Messages'] });
    expect(documented.features.guardrails).toEqual({ runtime: true, mantle: documented.ids.mantle === null ? null : false });
    expect(documented.features.structuredOutputs.mantle ?? false).toBe(false);
    expect(documented.features.countTokens.mantle ?? true).toBe(true);
    expect(documented.ids.bareIdOnRuntimeOnDemand).toBe(documented.inRegion.runtime.length > 0);
    expect(documented.tiers.batchColumn ?? documented.batch.profile.length > 0).toBe(documented.batch.profile.length > 0);
  });
});

test('the quotas that two cards name have no code, and the others none at all', () => {
  const named = [
    ['Tokens per minute on bedrock-runtime', 30_000_000, undefined, undefined],
    ['Input tokens per minute on bedrock-mantle', 20_000_000, undefined, 'IN_REGION'],
    ['Output tokens per minute on bedrock-mantle', 4_000_000, undefined, 'IN_REGION'],
  ];
  for (const [, { limits: { quotasOnCard } }, { quotas }] of MODELS) {
    expect(quotasOnCard).toBe(quotas.length === 0 ? null : 'card: 30M TPM on runtime; 20M input + 4M output TPM on mantle; no RPM quota');
    expect(quotas.map((quota) => [quota.name, quota.defaultValue, quota.code, quota.inferenceOption])).toEqual(quotasOnCard === null ? [] : named);
  }
});

test('the limits of batch jobs are those of Haiku 4.5 under codes of their own, for the models that have batch jobs', () => {
  const codesOf = MODELS.flatMap(([name, , { batchLimits }]) => batchLimits ? [[name, batchLimits.quotas.map(({ code }) => code)]] : []);
  expect(Object.fromEntries(codesOf)).toEqual({
    'Claude Opus 4.5': ['L-E83AC604', 'L-2767B9A9', 'L-F7440010'],
    'Claude Opus 4.6': ['L-B0F56DCF', 'L-9AA02BEF', 'L-D8E451A7'],
    'Claude Opus 5': ['L-16941C66', 'L-5E3E0013', 'L-55F225F6'],
    'Claude Sonnet 4.5': ['L-A0300844', 'L-FFFEDD8D', 'L-4DFF050E'],
    'Claude Sonnet 4.6': ['L-3030E098', 'L-01A2DC4B', 'L-391CEF89'],
  });
  const ofHaiku = JSON.stringify(ModelCard.CLAUDE_HAIKU_4_5.batchLimits);
  for (const [name, { batch }, { batchLimits }] of MODELS) {
    expect(batch.profile.length > 0).toBe(batchLimits !== undefined);
    if (!batchLimits) continue;
    const codes = new Map(ModelCard.CLAUDE_HAIKU_4_5.batchLimits!.quotas.map(({ code }, index) => [code!, batchLimits.quotas[index].code!]));
    expect(JSON.stringify(batchLimits)).toBe(ofHaiku.replaceAll('Claude Haiku 4.5', name).replace(/L-\w{8}/g, (code) => codes.get(code)!));
  }
});

/** The facts as a card has them, in the test's own words: read from the documents, not from the cards. */
function expected(of: DocumentedModel): unknown {
  const { thinking } = of.limits;
  const gov = of.govCloud;
  const profiles = [...of.profiles, ...gov?.routes ? [{ prefix: 'us-gov', routes: gov.routes }] : []];
  return defined({
    name: of.name,
    modelId: of.ids.runtime,
    mantleModelId: of.ids.mantle ?? undefined,
    geoRoutes: profiles.flatMap(({ prefix, routes }) => routes.map(({ source, destinations }) => `${prefix} ${source} ${[...destinations].sort().join()}`)).sort(),
    geosWithoutRoutes: gov && !gov.routes ? ['us-gov us-gov-east-1,us-gov-west-1'] : undefined,
    globalSources: sorted(of.globalSources),
    inRegionOnMantle: sorted(of.inRegion.mantle),
    inRegionOnRuntime: sorted(of.inRegion.runtime),
    batch: sorted(of.batch.profile),
    batchInRegion: sorted(of.batch.single),
    lifecycle: defined({
      ...Object.fromEntries(Object.entries(of.lifecycle).filter(([name, value]) => name !== 'policy' && value !== null)),
      successor: SUCCESSORS[of.name],
      regionStates: of.lifecycle.status === 'LEGACY' ? ['me-central-1', 'me-south-1', 'us-gov-east-1', 'us-gov-west-1'].map((region) => ({ region, status: 'ACTIVE' })) : undefined,
    }),
    limits: defined({
      contextTokens: of.limits.contextTokens,
      maxOutputTokens: of.limits.maxOutputTokens,
      streamingRequiredAboveTokens: thinking.values?.includes('enabled') ? 21_333 : undefined,
      thinking: thinking.values ? defined({
        types: thinking.values,
        defaultType: thinking.defaultOn ? 'adaptive' : 'disabled',
        minBudgetTokens: thinking.budgetTokens ? 1_024 : undefined,
        budgetDeprecated: thinking.budgetTokens === 'deprecated' ? true : undefined,
        effortLevels: Array.isArray(thinking.effort) ? thinking.effort : undefined,
        defaultEffort: thinking.defaultEffort,
        maxEffortWhenDisabled: thinking.effortCapWhenDisabled,
      }) : undefined,
      samplingParameters: of.limits.samplingParametersAccepted ? ['temperature', 'top_p', 'top_k'] : [],
      temperatureOrTopP: of.name === 'Claude Sonnet 4.5' ? true : undefined,
      structuredOutputs: of.features.structuredOutputs.runtime,
      countTokens: of.features.countTokens.runtime,
    }),
    promptCaching: {
      minTokensPerCheckpoint: of.caching.minTokensPerCheckpoint,
      maxCheckpoints: of.caching.maxCheckpoints,
      ttls: of.caching.ttls,
      fields: of.caching.fields,
      implicitCaching: of.caching.implicitListed,
    },
    serviceTiers: { supported: of.tiers.supported, unsupported: [...of.tiers.unsupported].sort() },
    prices: (['global', 'geo', 'govCloud'] as const).flatMap((row) => of.price[row] ? [priceOf(row, of.price[row])] : []),
    marketplaceProductId: of.productId,
  });
}

/** The next model of the same line by its launch. No AWS page names successors. */
const SUCCESSORS: Record<string, string | undefined> = {
  'Claude Sonnet 4.5': 'Claude Sonnet 4.6',
  'Claude Sonnet 4.6': 'Claude Sonnet 5',
  'Claude Sonnet 5': 'Claude Sonnet 5.5',
  'Claude Opus 4.5': 'Claude Opus 4.6',
  'Claude Opus 4.6': 'Claude Opus 4.7',
  'Claude Opus 4.7': 'Claude Opus 4.8',
  'Claude Opus 4.8': 'Claude Opus 5',
  'Claude Opus 5': 'Claude Opus 5.5',
};

test('a successor is the next model of its line', () => {
  for (const line of ['Haiku', 'Sonnet', 'Opus']) {
    const byLaunch = ModelCatalog.cards.filter(({ name }) => name.startsWith(`Claude ${line} `))
      .sort((a, b) => a.lifecycle!.launchDate.localeCompare(b.lifecycle!.launchDate));
    expect(byLaunch.map(({ lifecycle }) => lifecycle!.successor)).toEqual([...byLaunch.slice(1).map(({ name }) => name), undefined]);
  }
});

function priceOf(row: 'global' | 'geo' | 'govCloud', price: DocumentedPrice): object {
  const above = Object.keys(price).find((name) => name.startsWith('above'));
  return defined({
    inferenceOption: row === 'global' ? 'GLOBAL' : 'GEO',
    geography: row === 'govCloud' ? 'us-gov' : undefined,
    ...ratesOf(price),
    batchInputPerMillion: price.batchInputPerMillion ?? undefined,
    batchOutputPerMillion: price.batchOutputPerMillion ?? undefined,
    longContext: above === undefined ? undefined : { aboveInputTokens: Number(/\d+/.exec(above)![0]) * 1000, ...ratesOf(price[above] as DocumentedPrice) },
  });
}

function ratesOf(price: DocumentedPrice): object {
  return {
    inputPerMillion: price.inputPerMillion,
    outputPerMillion: price.outputPerMillion,
    cacheWritePerMillion: price.cacheWrite5mPerMillion,
    cacheWriteOneHourPerMillion: price.cacheWrite1hPerMillion,
    cacheReadPerMillion: price.cacheReadPerMillion,
  };
}

/** A card's facts without their citations, objects of a class as their names, and what has no order in order. */
function uncited(props: ModelCardProps): unknown {
  const plain = JSON.parse(formatCard(props)) as Record<string, { regions: string[] } | undefined> & { serviceTiers: { unsupported: string[] } };
  const facts = withoutCitations(plain) as Record<string, unknown>;
  const rows = props.geoRoutes!.map((row) => `${row.geography.prefix} ${row.sourceRegion} ${row.destinationRegions.join()}`).sort();
  return defined({
    ...facts,
    format: undefined,
    geoRoutes: rows,
    geosWithoutRoutes: props.geosWithoutRoutes?.map((row) => `${row.geography.prefix} ${row.sourceRegions.join()}`),
    ...Object.fromEntries(['globalSources', 'inRegionOnMantle', 'inRegionOnRuntime', 'batch', 'batchInRegion'].map((table) => [table, sorted(plain[table]?.regions ?? [])])),
    serviceTiers: { ...facts.serviceTiers as object, unsupported: plain.serviceTiers.unsupported.sort() },
  });
}

function withoutCitations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCitations);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !['sourceUrl', 'asOf'].includes(name)).map(([name, inner]) => [name, withoutCitations(inner)]));
}

function citationsIn(value: unknown): Array<{ sourceUrl: string; asOf: string }> {
  if (typeof value !== 'object' || value === null) return [];
  const { sourceUrl, asOf } = value as Record<string, string>;
  return [...sourceUrl === undefined ? [] : [{ sourceUrl, asOf }], ...Object.values(value).flatMap(citationsIn)];
}

function sorted(regions: string[]): string[] | undefined {
  return regions.length > 0 ? [...regions].sort() : undefined;
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
