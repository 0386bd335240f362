import { Geography } from './geography';
import { InferenceOption } from './inference-option';
import { ModelCardRegions, RegionTable } from './model-regions';
import { shownAsNo } from '../private/brand';
import { HaikuError } from '../private/errors';
import { checkKind, oneOf, required } from '../private/prop-kind';

const OPTION = required(oneOf('InferenceOption', InferenceOption));

/** The tables of a card by Region, so that a question about one Region costs the same however long they are. */
export class RegionIndex {
  /** The first part of a geography's inference profile IDs -> source Region -> destination Regions. */
  public readonly routes = new Map<string, Map<string, readonly string[]>>();
  /** Source Region -> the geographies that serve it. */
  public readonly geographies = new Map<string, Geography[]>();
  public readonly global: ReadonlySet<string>;
  public readonly onMantle: ReadonlySet<string>;
  public readonly onRuntime: ReadonlySet<string>;
  public readonly batch: ReadonlySet<string>;

  constructor({ geoRoutes = [], globalSources, inRegionOnMantle, inRegionOnRuntime, batch, batchInRegion }: ModelCardRegions) {
    for (const { geography, sourceRegion, destinationRegions } of geoRoutes) {
      at(this.routes, geography.prefix, () => new Map<string, readonly string[]>()).set(sourceRegion, destinationRegions);
      at(this.geographies, sourceRegion, () => []).push(geography);
    }
    this.global = regionsOf(globalSources);
    this.onMantle = regionsOf(inRegionOnMantle);
    this.onRuntime = regionsOf(inRegionOnRuntime);
    this.batch = regionsOf(batch, batchInRegion);
  }

  /** The rows of one geography. Throws if that is none. */
  public of(geography: Geography): ReadonlyMap<string, readonly string[]> | undefined {
    return this.routes.get(prefixOf(geography));
  }

  /** The Regions from which an option can be used, sorted; those of one geography, if it is given. */
  public sources(option: InferenceOption, geography?: Geography): string[] {
    return {
      [InferenceOption.IN_REGION]: () => sorted(this.onMantle, this.onRuntime),
      [InferenceOption.GEO]: () => sorted((geography === undefined ? this.geographies : this.of(geography))?.keys() ?? []),
      [InferenceOption.GLOBAL]: () => sorted(this.global),
    }[option]();
  }

  public options(region: string): InferenceOption[] {
    return [
      ...this.onMantle.has(region) || this.onRuntime.has(region) ? [InferenceOption.IN_REGION] : [],
      ...this.geographies.has(region) ? [InferenceOption.GEO] : [],
      ...this.global.has(region) ? [InferenceOption.GLOBAL] : [],
    ];
  }

  /** The Regions from which an inference profile can be called, sorted. */
  public profileSources(): string[] {
    return sorted(this.geographies.keys(), this.global);
  }

  /** Every Region of every table that can be called from, sorted. */
  public all(): string[] {
    return sorted(this.geographies.keys(), this.global, this.onMantle, this.onRuntime, this.batch);
  }
}

/** The option itself. Throws if it is none. */
export function checkedOption(option: InferenceOption): InferenceOption {
  checkKind('option', option, OPTION);
  return option;
}

/** The first part of a geography's inference profile IDs. Throws if it is no geography. */
export function prefixOf(geography: Geography): string {
  const own = Geography._own(geography);
  if (own) return own.prefix;
  throw new HaikuError(`geography is not a Geography, got ${shownAsNo('Geography', geography)}; expected Geography.EU or Geography.of("eu"). Pass one of those.`);
}

function at<Value>(map: Map<string, Value>, key: string, first: () => Value): Value {
  const value = map.get(key) ?? first();
  map.set(key, value);
  return value;
}

function regionsOf(...tables: Array<RegionTable | undefined>): ReadonlySet<string> {
  return new Set(tables.flatMap((table) => table?.regions ?? []));
}

function sorted(...regions: Array<Iterable<string>>): string[] {
  return [...new Set(regions.flatMap((some) => [...some]))].sort();
}
