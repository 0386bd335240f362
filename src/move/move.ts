import { amountText, Change, listChange, NOT_PUBLISHED } from './change';
import { factChanges } from './facts';
import { Feature, Use, wayText } from './use';
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
function destinationsOf(card: ModelCard, { inferenceOption, sourceRegion, geography }: Use): string[] | undefined {
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
function waysFrom(card: ModelCard, sourceRegion: string): string[] {
  return card.inferenceOptions(sourceRegion).flatMap((inferenceOption) => inferenceOption === InferenceOption.GEO
    ? card.geographiesOf(sourceRegion).map((geography) => wayText({ inferenceOption, geography })) : [wayText({ inferenceOption })]);
}

/** Input, output, and what the cache reads; the tokens of a month, where they are known. */
function priceChanges(before: ModelCard, after: ModelCard, use: Use, month?: TokenUsage): Change[] {
  const prices = [before, after].map((card) => destinationsOf(card, use) && priceOf(card, use));
  const [old, next] = prices;
  const inputs = prices.map((price) => price?.inputPerMillion);
  const changes: Change[] = [{ topic: 'PRICE', verdict: cheaper(inputs[0], inputs[1]), before: priceText(old), after: priceText(next) }];
  if (!month) return changes;
  const [oldMonth, nextMonth] = prices.map((price) => price && monthDollars(price, month));
  return [...changes, { topic: 'MONTH', verdict: cheaper(oldMonth, nextMonth), before: monthText(oldMonth), after: monthText(nextMonth) }];
}

function cheaper(before: number | undefined, after: number | undefined): Change['verdict'] {
  if (before === undefined || after === undefined) return before === after ? 'stays' : 'changed';
  return before === after ? 'stays' : after < before ? 'gained' : 'lost';
}

/** The tokens of many requests say nothing of how long each was. */
function monthDollars({ longContext: _, ...price }: TokenPrice, month: TokenUsage): number {
  return costOf(month, price).dollars;
}

function monthText(dollars: number | undefined): string {
  return dollars === undefined ? NOT_PUBLISHED : dollarsText(dollars);
}

function priceText(price: TokenPrice | undefined): string {
  if (!price) return NOT_PUBLISHED;
  const { inputPerMillion, outputPerMillion, cacheReadPerMillion, longContext } = price;
  const long = longContext ? `; $${longContext.inputPerMillion} / $${longContext.outputPerMillion} above ${amountText(longContext.aboveInputTokens)} tokens of input` : '';
  return `$${inputPerMillion} / $${outputPerMillion}${cacheReadPerMillion === undefined ? '' : `, cache read $${cacheReadPerMillion}`}${long}`;
}

