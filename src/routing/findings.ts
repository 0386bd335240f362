import { Finding, InRegionEndpoint, Remedy, RoutingFindingCode as Code, RoutingRemedyKind as Kind, RoutingFindingSubject as Subject } from './finding';
import { partitionOf } from './partition';
import { InferenceRoute } from './route';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { isDeployTimeText } from '../private/errors';
import { misspelt } from '../private/nearest';

export function geographyNotPublished(card: ModelCard, geography: Geography, sourceRegion?: string): Finding {
  return {
    code: Code.GEOGRAPHY_NOT_PUBLISHED,
    ...about(card, Subject.GEOGRAPHY, sourceRegion),
    given: [geography.prefix],
    allowed: card.geographies.map(({ prefix }) => prefix),
    remedies: [...options(card, sourceRegion), { kind: Kind.OWN_CARD, cardFields: ['geoRoutes'] }],
  };
}

/** The Region is one of those that AWS names for the geography, so what is missing is not the profile but what it may reach. */
export function geographyWithoutRoutes(card: ModelCard, geography: Geography, sourceRegion: string): Finding {
  const inRegion: Remedy[] = card.inferenceOptions(sourceRegion).includes(InferenceOption.IN_REGION) ? [{ kind: Kind.CHOOSE_IN_REGION }] : [];
  return {
    code: Code.GEOGRAPHY_WITHOUT_ROUTES,
    geography,
    ...aboutSource(card, sourceRegion, [], [...inRegion, ...options(card, sourceRegion), { kind: Kind.OWN_CARD, cardFields: ['geoRoutes'] }]),
  };
}

export function outsideGeography(card: ModelCard, geography: Geography, sourceRegion: string): Finding {
  const allowed = card.sourceRegionsOf(InferenceOption.GEO, geography);
  return { code: Code.SOURCE_REGION_OUTSIDE_GEOGRAPHY, geography, ...aboutSource(card, sourceRegion, allowed) };
}

export function withoutGeography(card: ModelCard, sourceRegion: string): Finding {
  return { code: Code.SOURCE_REGION_WITHOUT_GEOGRAPHY, ...aboutSource(card, sourceRegion, card.sourceRegionsOf(InferenceOption.GEO)) };
}

export function severalGeographies(card: ModelCard, sourceRegion: string): Finding {
  return {
    code: Code.SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES,
    ...about(card, Subject.GEOGRAPHY, sourceRegion),
    given: [],
    allowed: card.geographiesOf(sourceRegion).map(({ prefix }) => prefix),
    remedies: options(card, sourceRegion),
  };
}

/** `cardField` is where a card of one's own would have the Region, for the inference option that was asked for. */
export function notDocumented(card: ModelCard, sourceRegion: string, cardField: 'geoRoutes' | 'globalSources'): Finding {
  const remedies: Remedy[] = [{ kind: Kind.OWN_CARD, cardFields: [cardField] }];
  const nearest = misspelt(sourceRegion, card.sourceRegions.filter((region) => partitionOf(region) === partitionOf(sourceRegion)));
  return { code: Code.SOURCE_REGION_NOT_DOCUMENTED, nearest, ...aboutSource(card, sourceRegion, card.sourceRegions, remedies) };
}

export function notGlobal(card: ModelCard, sourceRegion: string): Finding {
  return { code: Code.SOURCE_REGION_NOT_GLOBAL, ...aboutSource(card, sourceRegion, card.sourceRegionsOf(InferenceOption.GLOBAL)) };
}

/** `asked` is the endpoint that was asked for; without one it is the one that the card has Regions of, or both. */
export function inRegionNotServed(card: ModelCard, region: string, asked?: InRegionEndpoint): Finding {
  const { mantleModelId, inRegionOnMantle, inRegionOnRuntime } = card;
  const only = inRegionOnRuntime ? inRegionOnMantle ? undefined : 'bedrock-runtime' : 'bedrock-mantle';
  const endpoint = asked ?? only;
  const tables = [...endpoint === 'bedrock-runtime' ? [] : [inRegionOnMantle], ...endpoint === 'bedrock-mantle' ? [] : [inRegionOnRuntime]];
  const served = [...new Set(tables.flatMap((table) => table?.regions ?? []))].sort();
  // A card that "card --from-account" writes for another model knows nothing of that endpoint, which does not mean that it is not served.
  const known = endpoint !== 'bedrock-mantle' || mantleModelId !== undefined;
  const remedies: Remedy[] = [
    ...known ? [] : [{ kind: Kind.OWN_CARD, cardFields: ['mantleModelId', 'inRegionOnMantle'] } as const],
    ...served.length > 0 ? [{ kind: Kind.CHOOSE_SOURCE_REGION, regions: served } as const] : [],
    { kind: Kind.CHOOSE_CROSS_REGION },
  ];
  return { code: Code.IN_REGION_NOT_SERVED, endpoint, known, ...aboutSource(card, region, served, remedies) };
}

/** A finding if the route can leave the Regions that are allowed. */
export function outsideAllowed(card: ModelCard, route: InferenceRoute, allowedRegions: readonly string[]): Finding | undefined {
  const { geography, sourceRegion, destinationRegions } = route;
  if (!geography || !destinationRegions) return globalNotHeld(card, allowedRegions, sourceRegion);
  const isAllowed = (region: string) => allowedRegions.includes(region);
  const outside = destinationRegions.filter((region) => !isAllowed(region));
  if (outside.length === 0) return undefined;
  const remedies: Remedy[] = [{ kind: Kind.ALLOW_REGIONS, regions: outside }];
  const held = card.sourceRegionsOf(InferenceOption.GEO, geography).filter((source) => card.destinationRegions(geography, source)!.every(isAllowed));
  if (held.length > 0) remedies.push({ kind: Kind.CHOOSE_SOURCE_REGION, regions: held });
  return {
    code: Code.DESTINATION_NOT_ALLOWED,
    geography,
    ...about(card, Subject.ALLOWED_REGIONS, sourceRegion),
    given: allowedRegions,
    allowed: destinationRegions,
    remedies,
  };
}

/** Global inference has no allowed Regions, from wherever: AWS publishes no list of its destinations. */
export function globalNotHeld(card: ModelCard, allowedRegions: readonly string[], sourceRegion?: string): Finding {
  return {
    code: Code.DESTINATION_NOT_ALLOWED,
    ...about(card, Subject.ALLOWED_REGIONS, sourceRegion),
    given: allowedRegions,
    allowed: [],
    remedies: [{ kind: Kind.ALLOW_EVERY_REGION }, ...options(card, sourceRegion).filter(({ kind }) => kind === Kind.CHOOSE_GEOGRAPHY)],
  };
}

/** What every finding about a card says of it. */
function about(card: ModelCard, subject: Subject, sourceRegion: string | undefined) {
  return { subject, model: card.name, sourceRegion, asOf: card.asOf };
}

/** What a finding about a source Region holds, each Region once and in order. */
function aboutSource(card: ModelCard, sourceRegion: string, allowed: readonly string[], remedies: readonly Remedy[] = options(card, sourceRegion)) {
  // Of a Region that is known only when it is deployed, no card has another entry.
  const can = isDeployTimeText(sourceRegion) ? [] : remedies;
  return { ...about(card, Subject.SOURCE_REGION, sourceRegion), given: [sourceRegion], allowed: [...new Set(allowed)].sort(), remedies: can };
}

/** The inference options that serve a source Region, if it is known. Where there is a geography, leaving it is not offered. */
function options(card: ModelCard, sourceRegion: string | undefined): Remedy[] {
  if (sourceRegion === undefined) return [];
  const geographies = card.geographiesOf(sourceRegion);
  if (geographies.length > 0) return [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies }];
  return card.isGlobalSource(sourceRegion) ? [{ kind: Kind.CHOOSE_GLOBAL }] : [];
}
