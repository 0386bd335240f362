import { UsageError } from './usage-error';
import { ModelCard } from '../catalog/model-card';
import { shown } from '../private/errors';
import { nearest } from '../private/nearest';

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** The Region that an option or a variable names, in any case. It need not be in the card: AWS may have added it since. */
export function chosenRegion(option: string, text: string, card: ModelCard): string {
  const region = text.trim().toLowerCase();
  if (REGION.test(region)) return region;
  throw new UsageError(`${option} is not a Region, got ${shown(text)}; expected a Region code such as "eu-west-2". The nearest of ${card.name} is ${shown(nearest(region, card.regions))}.`);
}

/** The Regions of an option that may come several times, with several Regions each, set apart by spaces or commas. */
export function chosenRegions(option: string, texts: string[] | undefined, card: ModelCard): string[] | undefined {
  if (texts === undefined) return undefined;
  const named = texts.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '');
  if (named.length === 0) throw new UsageError(`${option} names no Region, got ${shown(texts.join(' '))}; expected Region codes such as eu-west-1,eu-west-2.`);
  return [...new Set(named.map((text) => chosenRegion(option, text, card)))];
}
