import { UsageError } from './usage-error';
import { Geography, GLOBAL_PREFIX } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { shown } from '../private/errors';
import { nearest } from '../private/nearest';
import { RoutingFindingCode } from '../routing/finding';
import { InferenceRouting } from '../routing/inference-routing';

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
    ? `expected one of ${prefixes.join(', ')} (as of ${card.asOf}). The nearest is ${shown(nearest(prefix, prefixes))}`
    : `expected no --geo, for ${card.name} has no such profile (as of ${card.asOf})`;
  throw new UsageError(
    `--geo is not a geography of ${card.name}, got ${shown(text)}; ${expected}. `
    + (prefix === GLOBAL_PREFIX ? 'Global inference is not a geography: use --global.' : 'If AWS has added one since, pass --card with a card file, which "card --from-account" writes.'),
    RoutingFindingCode.GEOGRAPHY_NOT_PUBLISHED);
}
