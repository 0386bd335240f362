import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { TokenPrice } from '../catalog/token-price';

/** How a call reaches a model, as far as its price depends on it. */
export interface PricedWay {
  readonly inferenceOption: InferenceOption;
  /** The Region that requests are sent to. */
  readonly sourceRegion: string;
  /** The geography of the inference profile. Default: the one that the source Region belongs to. */
  readonly geography?: Geography;
}

/** The options whose prices hold for an option, the first that has one. In-Region inference costs what Geo does, unless it has a price of its own. */
const PRICED_AS: Record<InferenceOption, InferenceOption[]> = {
  [InferenceOption.GLOBAL]: [InferenceOption.GLOBAL],
  [InferenceOption.GEO]: [InferenceOption.GEO],
  [InferenceOption.IN_REGION]: [InferenceOption.IN_REGION, InferenceOption.GEO],
};

/** The card's price of calls that reach the model so; nothing if it has none. A geography's own price comes before that of all. */
export function priceOf(card: ModelCard, { inferenceOption, sourceRegion, geography }: PricedWay): TokenPrice | undefined {
  const prefix = (geography ?? geographyOf(card, sourceRegion))?.prefix;
  const candidates = PRICED_AS[inferenceOption].flatMap((option) => {
    const priced = card.prices.filter((price) => price.inferenceOption === option);
    const own = priced.filter((price) => price.geography !== undefined && price.geography.prefix === prefix);
    return [...own, ...priced.filter((price) => price.geography === undefined)];
  });
  return candidates[0];
}

/** The geography that a Region belongs to, also where AWS names it without a table of routes: what is billed there is billed as its own. */
function geographyOf(card: ModelCard, region: string): Geography | undefined {
  return card.geographiesOf(region)[0] ?? card.geosWithoutRoutes.find(({ sourceRegions }) => sourceRegions.includes(region))?.geography;
}
