import { UsageError } from './command';
import { Geography, GLOBAL_PREFIX } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { ModelCatalog } from '../catalog/model-catalog';
import { shown, shownList } from '../private/errors';
import { nearest } from '../private/nearest';
import { RoutingFindingCode } from '../routing/finding';
import { InferenceRouting } from '../routing/inference-routing';

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** The card that `--card` or `--model` names, or that of whoever names none. */
export function chosenCard({ card, model }: { readonly card?: string; readonly model?: string }): ModelCard {
  if (card !== undefined) return ModelCard.fromFile(card);
  return model === undefined ? ModelCard._DEFAULT : chosenModel('--model', model, 'For another model, pass --card with a card file.');
}

/** The built-in card that an option names. */
export function chosenModel(option: string, name: string, otherwise = 'Use one of these, or update this package.'): ModelCard {
  const card = ModelCatalog.find(name);
  if (card) return card;
  throw new UsageError(`${option} is not a model with a built-in card, got ${shown(name)}; the nearest names are ${shownList(ModelCatalog._nearest(name))}. ${otherwise}`);
}

/** Where `--geo` or `--global` lets requests run. */
export function chosenRouting({ geo, global }: { readonly geo?: string; readonly global?: boolean }, card: ModelCard): InferenceRouting {
  if (global) return InferenceRouting.globalCrossRegion();
  return geo === undefined ? InferenceRouting.sourceGeography() : InferenceRouting.geo(chosenGeography(geo, card));
}

/** The geography that `--geo` names, in any case, also as AWS prints it: `eu`, `EU`, `eu.`, `Geo EU`. */
export function chosenGeography(text: string, card: ModelCard): Geography {
  const prefix = text.trim().toLowerCase().replace(/^geo /, '').replace(/\.$/, '');
  const published = card.geographies;
  const found = published.find((geography) => geography.prefix === prefix);
  if (found) return found;
  const prefixes = published.map((geography) => geography.prefix);
  const expected = prefixes.length > 0
    ? `; expected one of ${prefixes.join(', ')} (as of ${card.asOf}). The nearest is ${shown(nearest(prefix, prefixes))}`
    : `, and the card of ${card.name} lists none (as of ${card.asOf})`;
  throw new UsageError(
    `--geo is not a geography of ${card.name}, got ${shown(text)}${expected}. `
    + (prefix === GLOBAL_PREFIX ? 'Global inference is not a geography: use --global.' : 'If AWS has added one since, pass --card with a card file, which "card --from-account" writes.'),
    RoutingFindingCode.GEOGRAPHY_NOT_PUBLISHED);
}

/** The Region that an option or a variable names, in any case. It need not be in the card: AWS may have added it since. */
export function chosenRegion(option: string, text: string, card: ModelCard): string {
  const region = text.trim().toLowerCase();
  if (REGION.test(region)) return region;
  throw new UsageError(`${option} is not a Region, got ${shown(text)}; expected a Region code such as "eu-west-2". The nearest Region of ${card.name} is ${shown(nearest(region, card.regions))}.`);
}

/** The Regions of an option that may come several times, with several Regions each, set apart by spaces or commas. */
export function chosenRegions(option: string, texts: string[] | undefined, card: ModelCard): string[] | undefined {
  if (texts === undefined) return undefined;
  const named = texts.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '');
  if (named.length === 0) throw new UsageError(`${option} names no Region, got ${shown(texts.join(' '))}; expected Region codes such as eu-west-1,eu-west-2.`);
  return [...new Set(named.map((text) => chosenRegion(option, text, card)))];
}

/** The account that `--account` names, also as the console prints it, with hyphens. */
export function chosenAccount(text: string): string {
  const account = text.replace(/[\s-]/g, '');
  if (/^\d{12}$/.test(account)) return account;
  throw new UsageError(`--account is not an account ID, got ${shown(text)}; expected 12 digits. It stands in the ARN of the inference profile.`);
}
