import { amountText, Change, listChange, NOT_PUBLISHED, Topic } from './change';
import { factChanges } from './facts';
import { Feature, Use, Way, wayText } from './use';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { TokenPrice } from '../catalog/token-price';
import { costOf, dollarsText, TokenUsage } from '../cost/cost';
import { priceOf } from '../cost/price';
import { decideInRegion } from '../routing/decision';

/** What changes for a use if it moves from one model to another. */
export interface Move {
  readonly use: Use;
  readonly changes: Change[];
}

/** Compares two models for a use. `month` is what the use takes in a month. */
export function moveOf(before: ModelCard, after: ModelCard, use: Use, month?: TokenUsage): Move {
  return { use, changes: [...routeChanges(before, after, use), ...priceChanges(before, after, use, month)] };
}

/** What would stop: of the uses, and of what they use of the model wherever it is called. */
export function whatStops(before: ModelCard, after: ModelCard, moves: readonly Move[]): string[] {
  return moves.flatMap(({ use, changes }) => [...changes, ...factChanges(before, after, use)]
    .flatMap(({ stops }) => stops === undefined ? [] : [`${use.where}: ${stops}`]));
}

function routeChanges(before: ModelCard, after: ModelCard, use: Use): Change[] {
  const { sourceRegion, features } = use;
  const [old, next] = [destinationsOf(before, use), destinationsOf(after, use)];
  const other = (card: ModelCard) => waysFrom(card, sourceRegion).filter((way) => way !== wayText(use));
  const has = (destinations: string[] | undefined) => destinations === undefined ? [] : [`${wayText(use)} from ${sourceRegion}`];
  const batch = (card: ModelCard) => card.takesBatchJobs(sourceRegion) ? ['yes'] : [];
  return [
    listChange('ROUTE', has(old), has(next), next === undefined ? `${wayText(use)} from ${sourceRegion}` : undefined),
    listChange('DESTINATIONS', old ?? [], next ?? []),
    listChange('OTHER_WAYS', other(before), other(after)),
    listChange('BATCH_JOBS', batch(before), batch(after), features.includes(Feature.BATCH) && !after.takesBatchJobs(sourceRegion) ? `batch jobs in ${sourceRegion}` : undefined),
  ];
}

/** Where requests may run; nothing if the model cannot be called so. AWS publishes no list for global inference. */
export function destinationsOf(card: ModelCard, { inferenceOption, sourceRegion, geography }: Way): string[] | undefined {
  switch (inferenceOption) {
    case InferenceOption.GEO: return geography && card.destinationRegions(geography, sourceRegion);
    case InferenceOption.GLOBAL: return card.isGlobalSource(sourceRegion) ? ['any commercial AWS Region'] : undefined;
    case InferenceOption.IN_REGION: {
      const decision = decideInRegion(card, sourceRegion);
      return 'finding' in decision ? undefined : [`${sourceRegion}, on ${decision.endpoint}`];
    }
  }
}

/** The ways to call a model from a Region, in words. */
export function waysFrom(card: ModelCard, sourceRegion: string): string[] {
  return card.inferenceOptions(sourceRegion).flatMap((inferenceOption) => inferenceOption === InferenceOption.GEO
    ? card.geographiesOf(sourceRegion).map((geography) => wayText({ inferenceOption, geography })) : [wayText({ inferenceOption })]);
}

/** Input, output, and what the cache reads; the tokens of a month, where they are known. */
function priceChanges(before: ModelCard, after: ModelCard, use: Use, month?: TokenUsage): Change[] {
  const prices = [before, after].map((card) => destinationsOf(card, use) ? priceOf(card, use) ?? NOT_PUBLISHED : 'none');
  const change = (topic: Topic, amountOf: (price: TokenPrice) => number, text: (price: TokenPrice) => string): Change => {
    const [old, next] = prices.map((price) => typeof price === 'string' ? undefined : amountOf(price));
    const [oldText, nextText] = prices.map((price) => typeof price === 'string' ? price : text(price));
    return { topic, verdict: cheaper(old, next), before: oldText, after: nextText };
  };
  return [
    change('PRICE', ({ inputPerMillion }) => inputPerMillion, priceText),
    ...month ? [change('MONTH', (price) => monthDollars(price, month), (price) => dollarsText(monthDollars(price, month)))] : [],
  ];
}

function cheaper(before: number | undefined, after: number | undefined): Change['verdict'] {
  if (before === undefined || after === undefined) return before === after ? 'stays' : 'changed';
  return before === after ? 'stays' : after < before ? 'gained' : 'lost';
}

/** The tokens of many requests say nothing of how long each was. */
function monthDollars({ longContext: _, ...price }: TokenPrice, month: TokenUsage): number {
  return costOf(month, price).dollars;
}

function priceText({ inputPerMillion, outputPerMillion, cacheReadPerMillion, longContext }: TokenPrice): string {
  const long = longContext ? `; $${longContext.inputPerMillion} and $${longContext.outputPerMillion} above ${amountText(longContext.aboveInputTokens)} tokens of input` : '';
  return `input $${inputPerMillion}, output $${outputPerMillion}${cacheReadPerMillion === undefined ? '' : `, cache read $${cacheReadPerMillion}`}${long}`;
}

