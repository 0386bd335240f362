import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { InvokerGroup, MathsOptions } from './invoker-group';
import { TokenPrice } from '../catalog/token-price';
import type { MetricName } from '../contract/invoker-metrics';
import { priceOf } from '../cost/price';
import { IHaikuInvoker } from '../invoker/haiku-invoker-interface';

/** Invokers whose tokens cost the same. */
export interface PricedGroup {
  readonly group: InvokerGroup;
  /** What is called, as a graph says it. */
  readonly name: string;
  readonly price: TokenPrice;
  /** US dollars for a million tokens of each metric. */
  readonly rates: ReadonlyArray<readonly [MetricName, number]>;
}

/** The invokers by what their tokens cost. Those whose card has no price are left out, and those that measure themselves what calls cost. */
export function pricedGroups(invokers: InvokerGroup): PricedGroup[] {
  return [...invokers.where(({ _watched: { escalates } }) => !escalates).by(priceKey).values()].flatMap((group) => {
    const { target, _watched: { oneHourCache } } = group.members[0].invoker;
    const price = priceOfTarget(group.members[0].invoker);
    return price === undefined ? [] : [{ group, name: `${target.model.name} (${target.inferenceOption})`, price, rates: ratesOf(price, oneHourCache) }];
  });
}

/**
 * What calls cost, in US dollars, by the card's price of the synthesis. A long context counts as any other. Where the card has no rate for what the cache
 * holds, it counts as input.
 */
export function dollars({ group, rates }: PricedGroup, options: MathsOptions): MathExpression {
  return group.maths(options, (sum) => `SUM([${rates.map(([name, rate]) => `${sum(name)}*${rate}`).join(',')}])/1000000`);
}

/** The same for one line of a log, in the language of CloudWatch Logs Insights. */
export function dollarsOfLine({ rates }: PricedGroup): string {
  return `(${rates.map(([name, rate]) => `coalesce(${name},0)*${rate}`).join('+')})/1000000`;
}

function ratesOf(price: TokenPrice, oneHourCache: boolean): PricedGroup['rates'] {
  const { inputPerMillion: input, outputPerMillion, cacheReadPerMillion = input, cacheWritePerMillion = input, cacheWriteOneHourPerMillion } = price;
  return [
    ['InputTokens', input],
    ['OutputTokens', outputPerMillion],
    ['CacheReadTokens', cacheReadPerMillion],
    ['CacheWriteTokens', oneHourCache ? cacheWriteOneHourPerMillion ?? cacheWritePerMillion : cacheWritePerMillion],
  ];
}

function priceOfTarget({ target: { model, inferenceOption, sourceRegion } }: IHaikuInvoker): TokenPrice | undefined {
  return priceOf(model, { inferenceOption, sourceRegion });
}

function priceKey(invoker: IHaikuInvoker): string {
  const { target: { model, inferenceOption }, _watched: { oneHourCache } } = invoker;
  return JSON.stringify([model.modelId, inferenceOption, oneHourCache, priceOfTarget(invoker)]);
}
