import {
  AMOUNT, CITATION, DAY, each, FLAG, GEOGRAPHIES, GEOGRAPHY, geographyText, MODEL_ID, MONTH_OR_DAY, PARAMETERS, REGION, REGIONS, SOURCE, text,
  TIERS, WHOLE,
} from './card-facts';
import * as rules from './card-rules';
import { choice, Fields, list, optional, struct } from './fact-kinds';
import { InferenceOption } from './inference-option';
import { ModelCardNotes, PlatformName, SourceDisagreement } from './model-card-notes';
import { ModelCardProps } from './model-card-props';
import { LifecycleState, ModelLifecycle, ModelLifecycleStatus, RegionLifecycle } from './model-lifecycle';
import { ModelLimits } from './model-limits';
import { GeoRoute, GeoWithoutRoutes, RegionTable } from './model-regions';
import { CacheTtl, PromptCachingLimits } from './prompt-caching-limits';
import { BatchLimits, ServiceQuota } from './service-quota';
import { ServiceTierSupport } from './service-tier';
import { EffortLevel, ThinkingSupport, ThinkingType } from './thinking-support';
import { LongContextRates, TokenPrice, TokenRates } from './token-price';
import { HaikuError, shown } from '../private/errors';

const TEXT = text('a text');
const REGION_TABLE = struct<RegionTable>({ ...CITATION, regions: REGIONS });
const OPTION = choice(Object.values(InferenceOption));
const EFFORT = choice(Object.values(EffortLevel));

const GEO_ROUTE = struct<GeoRoute>({
  ...CITATION, geography: GEOGRAPHY, sourceRegion: REGION, destinationRegions: REGIONS,
}, rules.sourceAmongDestinations);
const GEO_ROUTES = list(GEO_ROUTE, {
  key: (row) => `a row for ${shown(field(row, 'sourceRegion'))} in ${geographyText(field(row, 'geography'))}`,
});
const GEOS_WITHOUT_ROUTES = list(struct<GeoWithoutRoutes>({ ...CITATION, geography: GEOGRAPHY, sourceRegions: REGIONS }), {
  key: (row) => geographyText(field(row, 'geography')),
});

const STATE: Fields<LifecycleState> = {
  status: choice(Object.values(ModelLifecycleStatus)),
  legacyDate: optional(DAY),
  publicExtendedAccessDate: optional(DAY),
  endOfLifeDate: optional(DAY),
};
const REGION_STATE = struct<RegionLifecycle>({ region: REGION, ...STATE }, rules.daysInOrder);
const LIFECYCLE = struct<ModelLifecycle>({
  ...CITATION,
  ...STATE,
  launchDate: DAY,
  endOfLifeNotBefore: optional(DAY),
  legacyPeriodMonths: optional(WHOLE),
  successor: optional(text('the name or ID of a model, or no successor')),
  knowledgeCutoff: optional(MONTH_OR_DAY),
  regionStates: optional(list(REGION_STATE, { key: (row) => shown(field(row, 'region')) })),
}, rules.daysInOrder);

const THINKING = struct<ThinkingSupport>({
  ...CITATION,
  types: each(choice(Object.values(ThinkingType)), 'a list, empty for a model that does not think'),
  defaultType: optional(choice(Object.values(ThinkingType))),
  minBudgetTokens: optional(WHOLE),
  budgetDeprecated: optional(FLAG),
  effortLevels: optional(each(EFFORT, 'a list, empty for a model that takes no effort')),
  defaultEffort: optional(EFFORT),
  maxEffortWhenDisabled: optional(EFFORT),
}, rules.thinkingAgrees);
const LIMITS = struct<ModelLimits>({
  ...CITATION,
  contextTokens: WHOLE,
  maxOutputTokens: WHOLE,
  streamingRequiredAboveTokens: optional(WHOLE),
  thinking: optional(THINKING),
  samplingParameters: optional(PARAMETERS),
  temperatureOrTopP: optional(FLAG),
  structuredOutputs: optional(FLAG),
  geographiesWithoutStructuredOutputs: optional(GEOGRAPHIES),
  countTokens: optional(FLAG),
});
const CACHING = struct<PromptCachingLimits>({
  ...CITATION,
  minTokensPerCheckpoint: WHOLE,
  maxCheckpoints: WHOLE,
  ttls: each(choice(Object.values(CacheTtl))),
  fields: each(TEXT),
  implicitCaching: optional(FLAG),
});
const SERVICE_TIERS = struct<ServiceTierSupport>({ ...CITATION, supported: TIERS, unsupported: TIERS }, rules.tiersOnce);

const QUOTAS = list(struct<ServiceQuota>({
  ...CITATION, code: optional(TEXT), inferenceOption: optional(OPTION), defaultValue: optional(AMOUNT), adjustable: optional(FLAG), name: TEXT,
}), { key: (row) => shown(field(row, 'code') ?? field(row, 'name')) });
const BATCH_LIMITS = struct<BatchLimits>({ ...CITATION, minRecordsPerJob: WHOLE, maxFileGigabytes: WHOLE, maxJobGigabytes: WHOLE, quotas: QUOTAS });
const RATES: Fields<TokenRates> = {
  inputPerMillion: AMOUNT,
  outputPerMillion: AMOUNT,
  cacheWritePerMillion: optional(AMOUNT),
  cacheWriteOneHourPerMillion: optional(AMOUNT),
  cacheReadPerMillion: optional(AMOUNT),
};
const PRICES = list(struct<TokenPrice>({
  ...CITATION,
  inferenceOption: OPTION,
  geography: optional(GEOGRAPHY),
  ...RATES,
  batchInputPerMillion: optional(AMOUNT),
  batchOutputPerMillion: optional(AMOUNT),
  longContext: optional(struct<LongContextRates>({ aboveInputTokens: WHOLE, ...RATES })),
}, rules.geographyOfPrice), {
  key: (row) => shown(field(row, 'inferenceOption')) + (field(row, 'geography') === undefined ? '' : ` in ${geographyText(field(row, 'geography'))}`),
});

const NOTES = struct<ModelCardNotes>({
  platformNames: optional(list(struct<PlatformName>({ ...CITATION, platform: TEXT, name: TEXT }))),
  disagreements: optional(list(struct<SourceDisagreement>({
    topic: TEXT,
    chosen: TEXT,
    chosenSourceUrl: SOURCE,
    rejected: TEXT,
    rejectedSourceUrl: SOURCE,
    reason: TEXT,
    disputedGlobalSources: optional(REGIONS),
  }))),
});

const FIELDS: Fields<ModelCardProps> = {
  name: text('the model\'s name'),
  modelId: MODEL_ID,
  ...CITATION,
  mantleModelId: optional(MODEL_ID),
  geoRoutes: optional(GEO_ROUTES),
  geosWithoutRoutes: optional(GEOS_WITHOUT_ROUTES),
  globalSources: optional(REGION_TABLE),
  inRegionOnMantle: optional(REGION_TABLE),
  inRegionOnRuntime: optional(REGION_TABLE),
  batch: optional(REGION_TABLE),
  batchInRegion: optional(REGION_TABLE),
  lifecycle: optional(LIFECYCLE),
  limits: optional(LIMITS),
  promptCaching: optional(CACHING),
  serviceTiers: optional(SERVICE_TIERS),
  quotas: optional(QUOTAS),
  batchLimits: optional(BATCH_LIMITS),
  prices: optional(PRICES),
  marketplaceProductId: optional(TEXT),
  notes: optional(NOTES),
};

/** The version of card files that this release writes and reads. */
export const FORMAT = 'cdk-bedrock-haiku/model-card/1';

/** What a card is, field by field: what is checked, what is copied, and what a file holds, in its order. */
export const CARD = struct<ModelCardProps>(FIELDS, rules.someWayToCall, rules.idOnMantle);

/** A card file: a card and the name of its format. */
export const CARD_FILE = struct<CardFile>({ format: choice([FORMAT]), ...FIELDS }, rules.someWayToCall, rules.idOnMantle);

interface CardFile extends ModelCardProps { readonly format: string }

/** The facts of a card that a program gives, as a copy. Throws with every problem at once. */
export function soundCard(given: ModelCardProps): ModelCardProps {
  if (typeof given !== 'object' || given === null) {
    throw new HaikuError(`Model card is not an object, got ${shown(given)}; expected the model's facts: name, modelId, sourceUrl, asOf and more. `
      + 'Pass them to ModelCard.of by their names.');
  }
  const problems = CARD.problems(given, '', 'program');
  if (problems.length === 0) return CARD.read(given) as ModelCardProps;
  const card = given.name === undefined ? 'Model card' : `Model card ${shown(given.name)}`;
  throw new HaikuError([`${card} is not valid:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
}

/** What stands in a field of a row that has not been judged yet. */
function field(row: unknown, name: string): unknown {
  return (row as Record<string, unknown> | null | undefined)?.[name];
}
