import { Geography } from './geography';
import { shown } from '../private/errors';

/** What a value in a card file must look like. */
export type Shape = 'text' | 'number' | 'yes or no' | 'geography' | readonly string[] | { readonly list: Shape } | Struct;

/** The fields of an object in a card file. A `?` at the end marks one that may be left out. */
export interface Struct { readonly fields: Record<string, Shape> }

const citation = { sourceUrl: 'text', asOf: 'text' } as const;
const quotas: Shape = { list: { fields: { ...citation, 'name': 'text', 'code': 'text', 'defaultValue?': 'number', 'adjustable': 'yes or no' } } };
const regionTable: Struct = { fields: { ...citation, regions: { list: 'text' } } };

/** A model card as it stands in a file: the fields of `ModelCardProps`, a geography as its prefix. */
export const CARD: Struct = {
  fields: {
    ...citation,
    'format': ['cdk-bedrock-haiku/model-card/1'],
    'name': 'text',
    'modelId': 'text',
    'mantleModelId?': 'text',
    'geoRoutes?': { list: { fields: { ...citation, geography: 'geography', sourceRegion: 'text', destinationRegions: { list: 'text' } } } },
    'globalSources?': regionTable,
    'inRegion?': regionTable,
    'batch?': regionTable,
    'lifecycle?': {
      fields: {
        ...citation,
        'status': ['ACTIVE', 'LEGACY', 'END_OF_LIFE'],
        'launchDate': 'text',
        'endOfLifeNotBefore?': 'text',
        'legacyPeriodMonths?': 'number',
        'successor?': 'text',
        'knowledgeCutoff?': 'text',
      },
    },
    'limits?': {
      fields: {
        ...citation,
        'contextTokens': 'number',
        'maxOutputTokens': 'number',
        'streamingRequiredAboveTokens?': 'number',
        'minThinkingBudgetTokens?': 'number',
        'samplingParameters?': { list: 'text' },
        'temperatureOrTopP?': 'yes or no',
        'geographiesWithoutStructuredOutputs?': { list: 'geography' },
      },
    },
    'promptCaching?': {
      fields: { ...citation, minTokensPerCheckpoint: 'number', maxCheckpoints: 'number', ttls: { list: 'text' }, fields: { list: 'text' } },
    },
    'serviceTiers?': { fields: { ...citation, supported: { list: 'text' }, unsupported: { list: 'text' } } },
    'quotas?': quotas,
    'batchLimits?': { fields: { ...citation, minRecordsPerJob: 'number', maxFileGigabytes: 'number', maxJobGigabytes: 'number', quotas } },
    'prices?': {
      list: {
        fields: {
          ...citation,
          'inferenceOption': 'text',
          'inputPerMillion': 'number',
          'outputPerMillion': 'number',
          'cacheWritePerMillion?': 'number',
          'cacheWriteOneHourPerMillion?': 'number',
          'cacheReadPerMillion?': 'number',
          'batchInputPerMillion?': 'number',
          'batchOutputPerMillion?': 'number',
        },
      },
    },
    'marketplaceProductId?': 'text',
    'platformNames?': { list: { fields: { ...citation, platform: 'text', name: 'text' } } },
    'disagreements?': {
      list: {
        fields: {
          'topic': 'text',
          'chosen': 'text',
          'chosenSourceUrl': 'text',
          'rejected': 'text',
          'rejectedSourceUrl': 'text',
          'reason': 'text',
          'disputedGlobalSources?': { list: 'text' },
        },
      },
    },
  },
};

/** Where a value does not have its shape, each place with what was expected there. A field that is not in the shape is one too, if it is `closed`. */
export function shapeProblems(value: unknown, shape: Shape, where = '', closed = true): string[] {
  const wrong = (expected: string) => [`${where || 'card'}: got ${shown(value)}; expected ${expected}`];
  if (typeof shape === 'string') return isPlain(value, shape) ? [] : wrong(PLAIN[shape]);
  if (isChoice(shape)) return shape.includes(value as string) ? [] : wrong(shape.map(shown).join(', '));
  if ('list' in shape) {
    return Array.isArray(value) ? value.flatMap((item, index) => shapeProblems(item, shape.list, `${where}[${index}]`, closed)) : wrong('a list');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('an object');
  return structProblems(value as Record<string, unknown>, shape, where, closed);
}

const PLAIN = {
  'text': 'text',
  'number': 'a number, not negative',
  'yes or no': 'true or false',
  'geography': 'the first part of an inference profile ID, such as "eu"',
};

function isPlain(value: unknown, shape: keyof typeof PLAIN): boolean {
  if (shape === 'number') return Number.isFinite(value) && value as number >= 0;
  if (shape === 'yes or no') return typeof value === 'boolean';
  if (shape === 'geography') return Geography._isPrefix(value) || Geography._own(value) !== undefined;
  return typeof value === 'string';
}

function isChoice(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}

function structProblems(value: Record<string, unknown>, { fields }: Struct, where: string, closed: boolean): string[] {
  const path = (name: string) => where ? `${where}.${name}` : name;
  const shapes = new Map(Object.entries(fields).map(([name, shape]) => [name.replace('?', ''), { shape, optional: name.endsWith('?') }]));
  return [
    ...[...shapes].flatMap(([name, { shape, optional }]) => {
      if (value[name] !== undefined) return shapeProblems(value[name], shape, path(name), closed);
      return optional ? [] : [`${path(name)}: got no value; expected one, since it cannot be left out`];
    }),
    ...Object.keys(value).filter((name) => closed && !shapes.has(name))
      .map((name) => `${path(name)}: got a field that a model card does not have; expected one of ${[...shapes.keys()].map(shown).join(', ')}`),
  ];
}
