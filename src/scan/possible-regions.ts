import { stemOf } from './model-reference';
import { ModelCard } from '../catalog/model-card';
import { TemplateInput } from '../template/assembly';

/** A Region that stacks may be deployed to, and others in which they are the same: no template names them, and the models' cards treat them alike. */
export interface PossibleRegion {
  readonly region: string;
  readonly alike: readonly string[];
}

/** The Region that a template writes into the ARN of an inference profile: who does so deploys there. */
const HOME = /:bedrock:([a-z0-9-]{1,30}):[^/]{0,80}inference-profile\//g;

/**
 * Where stacks whose Region is not known may be deployed to: the Regions that they write into ARNs of inference profiles, else from
 * where the models that they name can be called.
 */
export function possibleRegions(inputs: readonly TemplateInput[], all: readonly ModelCard[]): PossibleRegion[] {
  const text = JSON.stringify(inputs.map(({ template, nested }) => [template, nested]));
  const cards = all.filter((card) => text.includes(stemOf(card)));
  const sources = new Set(cards.flatMap((card) => card.sourceRegions));
  const homes = [...text.matchAll(HOME)].map(([, region]) => region).filter((region) => sources.has(region));
  const regions = [...homes.length > 0 ? new Set(homes) : sources].sort();
  const kinds = new Map<string, string[]>();
  for (const region of regions) {
    // A template may tell Regions by what stands before their first dash.
    const kind = text.includes(region) ? region : JSON.stringify([region.split('-')[0], ...cards.map((card) => kindOf(card, region))]);
    kinds.set(kind, [...kinds.get(kind) ?? [], region]);
  }
  const found = [...kinds.values()].map(([region, ...alike]) => ({ region, alike }));
  // Without a model a Region decides nothing.
  return found.length > 0 ? found : [{ region: 'us-east-1', alike: [] }];
}

/** How a card treats a source Region. */
function kindOf(card: ModelCard, region: string): unknown[] {
  const routes = card.geographiesOf(region).map((geography) => [geography.prefix, card.destinationRegions(geography, region)]);
  return [routes, card.isGlobalSource(region), card.isInRegionOnRuntime(region)];
}
