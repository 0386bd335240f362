import { amountChange, Change, flagChange, listChange, NOT_PUBLISHED } from './change';
import { Feature } from './use';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { RegionTable } from '../catalog/model-regions';
import { ThinkingType } from '../catalog/thinking-support';

/** What is used of a model, by whichever caller. */
export interface Used {
  readonly features: readonly Feature[];
  readonly maxTokens?: number;
}

/** What one model has and another has not, wherever it is called; `used` says what of it would stop. */
export function factChanges(before: ModelCard, after: ModelCard, used: Used = { features: [] }): Change[] {
  return [...regionChanges(before, after), ...requestChanges(before, after, used), lifecycleChange(before, after)];
}

function regionChanges(before: ModelCard, after: ModelCard): Change[] {
  const geographies = (card: ModelCard) => card.geographies.map(String).sort();
  return [
    listChange('GEOGRAPHIES', geographies(before), geographies(after)),
    listChange('SOURCE_REGIONS', ...onlyIn(sourcesOf(before), sourcesOf(after))),
    listChange('IN_REGION', ...onlyIn(before.sourceRegionsOf(InferenceOption.IN_REGION), after.sourceRegionsOf(InferenceOption.IN_REGION))),
    listChange('BATCH_REGIONS', ...onlyIn(regionsOf(before.batch, before.batchInRegion), regionsOf(after.batch, after.batchInRegion))),
  ];
}

/** Each source Region with what serves it, such as `ap-southeast-6 (Geo AU)`. */
function sourcesOf(card: ModelCard): string[] {
  return [
    ...card.geoRoutes.map(({ geography, sourceRegion }) => `${sourceRegion} (${geography})`).sort(),
    ...card.sourceRegionsOf(InferenceOption.GLOBAL).map((region) => `${region} (Global)`),
  ];
}

/** What both have says nothing about a move, and is counted. */
function onlyIn(before: string[], after: string[]): [string[], string[]] {
  const both = before.filter((name) => after.includes(name));
  const own = (names: string[]) => [...both.length > 0 ? [`${both.length} of both`] : [], ...names.filter((name) => !both.includes(name))];
  return [own(before), own(after)];
}

function regionsOf(...tables: Array<RegionTable | undefined>): string[] {
  return [...new Set(tables.flatMap((table) => table?.regions ?? []))].sort();
}

function requestChanges(before: ModelCard, after: ModelCard, { features, maxTokens }: Used): Change[] {
  const uses = (feature: Feature) => features.includes(feature);
  const [old, next] = [before.limits, after.limits];
  const thinking = ({ limits }: ModelCard) => limits?.thinking?.types ?? [NOT_PUBLISHED];
  const tiers = ({ serviceTiers }: ModelCard) => serviceTiers?.supported.map(({ name }) => name) ?? [NOT_PUBLISHED];
  const tier = [Feature.RESERVED_TIER, Feature.PRIORITY_TIER, Feature.FLEX_TIER].filter(uses)
    .find((name) => after.serviceTiers && !tiers(after).includes(name));
  const sampled = [Feature.TEMPERATURE, Feature.TOP_P, Feature.TOP_K].filter(uses)
    .filter((name) => next?.samplingParameters && !next.samplingParameters.includes(name));
  return [
    listChange('SERVICE_TIERS', tiers(before), tiers(after), tier && `service tier ${tier}`),
    flagChange('STRUCTURED_OUTPUTS', old?.structuredOutputs, next?.structuredOutputs,
      uses(Feature.STRUCTURED_OUTPUTS) && next?.structuredOutputs === false ? 'structured outputs' : undefined),
    flagChange('COUNT_TOKENS', old?.countTokens, next?.countTokens,
      uses(Feature.COUNT_TOKENS) && next?.countTokens === false ? 'CountTokens on bedrock-runtime' : undefined),
    listChange('THINKING', thinking(before), thinking(after), whatThinkingStops(after, uses)),
    listChange('EFFORT', old?.thinking?.effortLevels ?? [NOT_PUBLISHED], next?.thinking?.effortLevels ?? [NOT_PUBLISHED],
      uses(Feature.EFFORT) && next?.thinking?.effortLevels?.length === 0 ? 'an effort' : undefined),
    listChange('SAMPLING', old?.samplingParameters ?? [NOT_PUBLISHED], next?.samplingParameters ?? [NOT_PUBLISHED], sampled.length > 0 ? sampled.join(', ') : undefined),
    amountChange('CONTEXT', old?.contextTokens, next?.contextTokens, 'more'),
    amountChange('MAX_OUTPUT', old?.maxOutputTokens, next?.maxOutputTokens, 'more',
      maxTokens !== undefined && next && maxTokens > next.maxOutputTokens ? `answers of ${maxTokens} tokens` : undefined),
    amountChange('CACHING_MINIMUM', before.promptCaching?.minTokensPerCheckpoint, after.promptCaching?.minTokensPerCheckpoint, 'less',
      uses(Feature.PROMPT_CACHING) && !after.promptCaching ? 'prompt caching' : undefined),
  ];
}

function whatThinkingStops({ limits }: ModelCard, uses: (feature: Feature) => boolean): string | undefined {
  const types = limits?.thinking?.types;
  if (!types) return undefined;
  if (uses(Feature.THINKING_BUDGET) && !types.includes(ThinkingType.ENABLED)) return 'a thinking budget';
  return uses(Feature.NO_THINKING) && !types.includes(ThinkingType.DISABLED) ? 'answers without thinking' : undefined;
}

function lifecycleChange(before: ModelCard, after: ModelCard): Change {
  const text = ({ lifecycle }: ModelCard) => lifecycle
    ? `${lifecycle.status}, end of life ${lifecycle.endOfLifeDate ?? `not before ${lifecycle.endOfLifeNotBefore ?? 'a day that is not published'}`}` : NOT_PUBLISHED;
  const [old, next] = [before, after].map(({ lifecycle }) => lifecycle?.endOfLifeDate ?? lifecycle?.endOfLifeNotBefore ?? '');
  return { topic: 'LIFECYCLE', verdict: old === next ? 'stays' : next > old ? 'gained' : 'lost', before: text(before), after: text(after) };
}
