import fc from 'fast-check';
import { CITED, EVERY_FACT } from './every-fact';
import { EffortLevel, Geography, InferenceOption, ModelCard, ModelCardProps, ServiceTier, ThinkingType } from '../../src';
import { formatCard, parseCard } from '../../src/catalog/card-file';
import '../property-seed';

/** The fields of a fact, at every depth, each once. */
function fieldsIn(value: unknown): string[] {
  if (value instanceof Geography || value instanceof ServiceTier || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  return Object.entries(value).flatMap(([name, item]) => [name, ...fieldsIn(item)]);
}

test('a card holds every kind of fact, and says of itself what it was made of', () => {
  const card = ModelCard.of(EVERY_FACT);
  expect(card._toProps()).toEqual(EVERY_FACT);
  for (const [name, fact] of Object.entries(EVERY_FACT)) expect(card[name as keyof ModelCard]).toEqual(fact);
});

test('every kind of fact goes through a file and back', () => {
  const text = formatCard(ModelCard.of(EVERY_FACT)._toProps());
  const read = ModelCard.of(parseCard(text, 'card.json'));
  expect(read._toProps()).toEqual(EVERY_FACT);
  expect(formatCard(read._toProps())).toBe(text);
  expect(new Set([...text.matchAll(/"(\w+)":/g)].map(([, field]) => field))).toEqual(new Set(['format', ...fieldsIn(EVERY_FACT)]));
});

test('a file holds text for what is an object in a program, and the values of enums', () => {
  const file = JSON.parse(formatCard(EVERY_FACT)) as Record<string, unknown>;
  expect(file).toMatchObject({
    format: 'cdk-bedrock-haiku/model-card/1',
    geosWithoutRoutes: [{ geography: 'jp' }],
    limits: { thinking: { types: ['adaptive', 'enabled', 'disabled'], defaultEffort: 'medium' }, geographiesWithoutStructuredOutputs: ['us-gov'] },
    promptCaching: { ttls: ['5m', '1h'] },
    serviceTiers: { supported: ['default', 'turbo'], unsupported: ['flex'] },
    quotas: [{ inferenceOption: 'GEO' }, { inferenceOption: 'GLOBAL' }, {}],
    prices: [{ inferenceOption: 'GLOBAL' }, { inferenceOption: 'GEO' }, { inferenceOption: 'GEO', geography: 'us-gov' }, { inferenceOption: 'IN_REGION' }],
  });
});

test('a card with some of the facts goes through a file and back as it is', () => {
  const { name, modelId, sourceUrl, asOf, globalSources, ...facts } = EVERY_FACT;
  const required = { name, modelId, sourceUrl, asOf, globalSources, mantleModelId: facts.mantleModelId };
  fc.assert(fc.property(fc.subarray(Object.keys(facts)), fc.stringMatching(/^\S.{0,20}$/u), (kept, own) => {
    const some = { ...required, ...Object.fromEntries(Object.entries(facts).filter(([fact]) => kept.includes(fact))), name: own } as ModelCardProps;
    expect(parseCard(formatCard(some), 'card.json')).toStrictEqual(ModelCard.of(some)._toProps());
  }));
});

/** Every place of a value: the path to it, and what stands there. */
function placesIn(value: unknown, path: Array<string | number> = []): Array<{ path: Array<string | number>; value: unknown }> {
  if (value instanceof Geography || value instanceof ServiceTier || typeof value !== 'object' || value === null) return [{ path, value }];
  const parts = Array.isArray(value) ? value.map((item, index): [number, unknown] => [index, item]) : Object.entries(value);
  return [{ path, value }, ...parts.flatMap(([name, item]) => placesIn(item, [...path, name]))];
}

function replaced(value: unknown, [first, ...rest]: Array<string | number>, given: unknown): unknown {
  if (first === undefined) return given;
  if (Array.isArray(value)) return value.map((item, index) => index === first ? replaced(item, rest, given) : item as unknown);
  return { ...value as object, [first]: replaced((value as Record<string, unknown>)[first], rest, given) };
}

const named = (path: Array<string | number>) => path.reduce<string>((text, part) => typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`, '');
const places = placesIn(EVERY_FACT).filter(({ path }) => path.length > 0);

test.each(places.map(({ path }) => [named(path), path] as const))('%s is refused by name if it is anything else, in a program and in a file', (where, path) => {
  const file = JSON.parse(formatCard(EVERY_FACT)) as object;
  for (const wrong of [null, NaN, -1, 0.5, '', ' ', true, [], {}, [[]], 'no such value!']) {
    // An empty list, a truth or a name of its own is right in some places.
    const right = [true, 0.5, 'no such value!'].includes(wrong as never) || (Array.isArray(wrong) && wrong.length === 0) || (where === 'notes' && typeof wrong === 'object');
    const say = (act: () => unknown) => {
      try {
        act();
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const said = [
      say(() => ModelCard.of(replaced(EVERY_FACT, path, wrong) as ModelCardProps)),
      // JSON has no NaN.
      ...Number.isNaN(wrong) ? [] : [say(() => parseCard(JSON.stringify(replaced(file, path, wrong)), 'card.json'))],
    ];
    for (const message of said) {
      if (message !== 'taken' || !right) expect(`${where} ${String(wrong)}: ${message}`).toMatch(/ is not valid/);
      // Without its types or levels of effort, it is what goes with them that is wrong.
      if (message !== 'taken') expect(message).toContain(`  - ${path.includes('thinking') ? 'limits.thinking' : where}`);
    }
  }
});

const { limits, lifecycle, prices } = EVERY_FACT;
const thinking = (change: object) => ({ limits: { ...limits, thinking: { ...limits!.thinking, ...change } } });
const life = (change: object) => ({ lifecycle: { ...lifecycle, ...change } });

test.each<[string, object, string[]]>([
  ['a budget of a model that takes none', thinking({ types: [ThinkingType.ADAPTIVE, ThinkingType.DISABLED] }), [
    'limits.thinking.minBudgetTokens: got 512; expected nothing, since types has no "enabled"',
    'limits.thinking.budgetDeprecated: got true; expected nothing, since types has no "enabled"',
  ]],
  ['an effort without thinking of a model that always thinks', thinking({ types: [ThinkingType.ADAPTIVE, ThinkingType.ENABLED] }), [
    'limits.thinking.maxEffortWhenDisabled: got "high"; expected nothing, since types has no "disabled"',
  ]],
  ['a default type that is none of its types', thinking({ types: [ThinkingType.ENABLED, ThinkingType.DISABLED] }), [
    'limits.thinking.defaultType: got "adaptive"; expected one of types',
  ]],
  ['default efforts that are none of its levels', thinking({ effortLevels: [EffortLevel.LOW] }), [
    'limits.thinking.defaultEffort: got "medium"; expected one of effortLevels',
    'limits.thinking.maxEffortWhenDisabled: got "high"; expected one of effortLevels',
  ]],
  ['default efforts without levels', thinking({ effortLevels: undefined, maxEffortWhenDisabled: undefined }), [
    'limits.thinking.defaultEffort: got "medium"; expected one of effortLevels',
  ]],
  ['a type of thinking twice', thinking({ types: [...limits!.thinking!.types, ThinkingType.ADAPTIVE] }), ['limits.thinking.types: got "adaptive" twice; expected it once']],
  ['a type of thinking by another name', thinking({ types: ['extended', ...limits!.thinking!.types] }), [
    'limits.thinking.types[0]: got "extended"; expected one of "enabled", "adaptive", "disabled"',
  ]],
  ['thinking without types', thinking({ types: undefined }), ['limits.thinking.types: got no value; expected a list, empty for a model that does not think']],
  ['days out of order', life({ legacyDate: '2025-12-31', endOfLifeDate: '2027-03-31' }), [
    'lifecycle.legacyDate: got "2025-12-31"; expected no day before the launchDate, "2026-01-01"',
    'lifecycle.endOfLifeDate: got "2027-03-31"; expected no day before the publicExtendedAccessDate, "2027-04-01"',
  ]],
  ['days of a Region out of order', life({ regionStates: [{ region: 'eu-west-2', status: 'LEGACY', legacyDate: '2026-02-02', endOfLifeDate: '2026-02-01' }] }), [
    'lifecycle.regionStates[0].endOfLifeDate: got "2026-02-01"; expected no day before the legacyDate, "2026-02-02"',
  ]],
  ['two states of a Region', life({ regionStates: [{ region: 'eu-west-2', status: 'LEGACY' }, { region: 'eu-west-2', status: 'ACTIVE' }] }), [
    'lifecycle.regionStates: got "eu-west-2" twice; expected it once',
  ]],
  ['a tier that it has and has not', { serviceTiers: { ...CITED, supported: [ServiceTier.FLEX, ServiceTier.DEFAULT], unsupported: [ServiceTier.of('flex')] } }, [
    'serviceTiers.unsupported: got "flex", which is supported too; expected each tier in one of the two lists',
  ]],
  ['a tier twice, and one as text', { serviceTiers: { ...CITED, supported: [ServiceTier.DEFAULT, ServiceTier.of('default'), 'flex'], unsupported: [] } }, [
    'serviceTiers.supported[2]: got "flex"; expected a ServiceTier', 'serviceTiers.supported: got "default" twice; expected it once',
  ]],
  ['a geography of the global price', { prices: [{ ...prices![0], geography: Geography.EU }] }, [
    'prices[0].geography: got Geo EU; expected it to be left out, since a price of global inference holds in no geography',
  ]],
  ['a price twice', { prices: [...prices!, prices![2]] }, ['prices: got "GEO" in Geo US-GOV twice; expected it once']],
  ['a price by another option', { prices: [{ ...prices![0], inferenceOption: 'global' }] }, [
    'prices[0].inferenceOption: got "global"; expected one of "IN_REGION", "GEO", "GLOBAL"',
  ]],
  ['a long context of no length', { prices: [{ ...prices![0], longContext: { ...prices![0].longContext, aboveInputTokens: 0 } }] }, [
    'prices[0].longContext.aboveInputTokens: got 0; expected a whole number above 0',
  ]],
  ['a geography without routes twice', { geosWithoutRoutes: [...EVERY_FACT.geosWithoutRoutes!, ...EVERY_FACT.geosWithoutRoutes!] }, ['geosWithoutRoutes: got Geo JP twice; expected it once']],
  ['a geography without structured outputs twice', { limits: { ...limits, geographiesWithoutStructuredOutputs: [Geography.EU, Geography.of('eu')] } }, [
    'limits.geographiesWithoutStructuredOutputs: got Geo EU twice; expected it once',
  ]],
  ['a quota of no option', { quotas: [{ ...EVERY_FACT.quotas![0], inferenceOption: 'Global' }] }, [
    'quotas[0].inferenceOption: got "Global"; expected one of "IN_REGION", "GEO", "GLOBAL"',
  ]],
  ['a lifetime of the cache that there is not', { promptCaching: { ...EVERY_FACT.promptCaching, ttls: ['2h'] } }, ['promptCaching.ttls[0]: got "2h"; expected one of "5m", "1h"']],
])('%s is refused', (_, change, problems) => {
  const act = () => ModelCard.of({ ...EVERY_FACT, ...change });
  expect(act).toThrow(new Error(['Model card "Claude Limerick 9" is not valid:', ...problems.map((problem) => `  - ${problem}`)].join('\n')));
});

test('a model that does not think, takes no effort and is called by its own ID in one Region alone is a card', () => {
  const { name, modelId, inRegionOnRuntime } = EVERY_FACT;
  const types: ThinkingType[] = [];
  const card = ModelCard.of({ ...CITED, name, modelId, inRegionOnRuntime, limits: { ...limits!, thinking: { ...CITED, types, effortLevels: [] } } });
  expect(card.limits!.thinking).toEqual({ ...CITED, types: [], effortLevels: [] });
  expect(card.regions).toEqual(['ap-northeast-2', 'eu-west-2']);
  expect(card.inferenceOptions('eu-west-2')).toEqual([InferenceOption.IN_REGION]);
  expect(card.inferenceProfileIds).toEqual([]);
});
