import { Finding, Remedy, RoutingFindingCode as Code, RoutingRemedyKind as Kind, RoutingFindingSubject as Subject } from './finding';
import { InferenceRoute } from './route';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';

export function geographyNotPublished(card: ModelCard, geography: Geography, sourceRegion?: string): Finding {
  return {
    code: Code.GEOGRAPHY_NOT_PUBLISHED,
    subject: Subject.GEOGRAPHY,
    model: card.name,
    sourceRegion,
    given: [geography.prefix],
    allowed: card.geographies.map(({ prefix }) => prefix),
    asOf: card.asOf,
    remedies: [...sourceRegion === undefined ? [] : options(card, sourceRegion), { kind: Kind.OWN_CARD, cardFields: ['geoRoutes'] }],
  };
}

export function outsideGeography(card: ModelCard, geography: Geography, sourceRegion: string): Finding {
  return { code: Code.SOURCE_REGION_OUTSIDE_GEOGRAPHY, ...ofSource(card, sourceRegion, card._sourcesOf(geography), options(card, sourceRegion)), geography };
}

export function withoutGeography(card: ModelCard, sourceRegion: string): Finding {
  return { code: Code.SOURCE_REGION_WITHOUT_GEOGRAPHY, ...ofSource(card, sourceRegion, geoSources(card), options(card, sourceRegion)) };
}

export function severalGeographies(card: ModelCard, sourceRegion: string): Finding {
  return {
    code: Code.SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES,
    subject: Subject.GEOGRAPHY,
    model: card.name,
    sourceRegion,
    given: [],
    allowed: card._geographiesOf(sourceRegion).map(({ prefix }) => prefix),
    asOf: card.asOf,
    remedies: options(card, sourceRegion),
  };
}

/** `cardField` is where a card of one's own would have the Region, for the inference option that was asked for. */
export function notDocumented(card: ModelCard, sourceRegion: string, cardField: 'geoRoutes' | 'globalSources'): Finding {
  const sources = [...geoSources(card), ...card.globalSources?.regions ?? []];
  return { code: Code.SOURCE_REGION_NOT_DOCUMENTED, ...ofSource(card, sourceRegion, sources, [{ kind: Kind.OWN_CARD, cardFields: [cardField] }]) };
}

export function notGlobal(card: ModelCard, sourceRegion: string): Finding {
  return { code: Code.SOURCE_REGION_NOT_GLOBAL, ...ofSource(card, sourceRegion, card.globalSources?.regions ?? [], options(card, sourceRegion)) };
}

export function inRegionNotServed(card: ModelCard, region: string): Finding {
  const served = card.inRegion?.regions.sort() ?? [];
  return {
    code: Code.IN_REGION_NOT_SERVED,
    mantleModelId: card.mantleModelId,
    ...ofSource(card, region, served, [
      ...card.mantleModelId === undefined ? [{ kind: Kind.OWN_CARD, cardFields: ['mantleModelId', 'inRegion'] } as const] : [],
      ...served.length > 0 ? [{ kind: Kind.CHOOSE_SOURCE_REGION, regions: served } as const] : [],
      { kind: Kind.CHOOSE_CROSS_REGION },
    ]),
  };
}

/** A finding if the route can leave the Regions that are allowed. */
export function outsideAllowed(card: ModelCard, route: InferenceRoute, allowedRegions: readonly string[]): Finding | undefined {
  const { geography, sourceRegion, destinationRegions } = route;
  if (!geography || !destinationRegions) return globalNotHeld(card, allowedRegions, sourceRegion);
  const isAllowed = (region: string) => allowedRegions.includes(region);
  const outside = destinationRegions.filter((region) => !isAllowed(region));
  if (outside.length === 0) return undefined;
  const held = card._sourcesOf(geography).filter((source) => card._destinations(geography, source)!.every(isAllowed));
  return {
    code: Code.DESTINATION_NOT_ALLOWED,
    subject: Subject.ALLOWED_REGIONS,
    model: card.name,
    sourceRegion,
    geography,
    given: allowedRegions,
    allowed: destinationRegions,
    asOf: card.asOf,
    remedies: [{ kind: Kind.ALLOW_REGIONS, regions: outside }, ...held.length > 0 ? [{ kind: Kind.CHOOSE_SOURCE_REGION, regions: held } as const] : []],
  };
}

/** Global inference has no allowed Regions, from wherever: AWS publishes no list of its destinations. */
export function globalNotHeld(card: ModelCard, allowedRegions: readonly string[], sourceRegion?: string): Finding {
  const geographies = sourceRegion === undefined ? [] : card._geographiesOf(sourceRegion);
  return {
    code: Code.DESTINATION_NOT_ALLOWED,
    subject: Subject.ALLOWED_REGIONS,
    model: card.name,
    sourceRegion,
    given: allowedRegions,
    allowed: [],
    asOf: card.asOf,
    remedies: [{ kind: Kind.ALLOW_EVERY_REGION }, ...geographies.length > 0 ? [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies } as const] : []],
  };
}

/** The inference options that serve a source Region. Where there is a geography, leaving it is not offered. */
function options(card: ModelCard, sourceRegion: string): Remedy[] {
  const geographies = card._geographiesOf(sourceRegion);
  if (geographies.length > 0) return [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies }];
  return card._isGlobalSource(sourceRegion) ? [{ kind: Kind.CHOOSE_GLOBAL }] : [];
}

/** What a finding about a source Region holds, each Region once and in order. */
function ofSource(card: ModelCard, sourceRegion: string, allowed: readonly string[], remedies: readonly Remedy[]) {
  return {
    subject: Subject.SOURCE_REGION, model: card.name, sourceRegion, given: [sourceRegion], allowed: [...new Set(allowed)].sort(), asOf: card.asOf, remedies,
  };
}

function geoSources(card: ModelCard): string[] {
  return card.geoRoutes.map((row) => row.sourceRegion);
}
