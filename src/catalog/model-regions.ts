import { Citation } from './citation';
import { Geography } from './geography';
import { isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { isStruct } from '../private/prop-kind';

/**
 * One row of a geo table: from this source Region, a geography's inference profile may use these destination Regions.
 */
export interface GeoRoute extends Citation {
  /**
   * The geography of the inference profile.
   */
  readonly geography: Geography;

  /**
   * The Region that the request is sent to.
   */
  readonly sourceRegion: string;

  /**
   * The Regions that the request may run in. The source Region is always one of them.
   */
  readonly destinationRegions: string[];
}

/**
 * Source Regions that AWS says a geography's inference profile serves, without a table of their destination Regions. Nothing can be
 * granted exactly there, so they are no source Regions of the card: a row in `geoRoutes` makes one of them a source Region.
 */
export interface GeoWithoutRoutes extends Citation {
  /**
   * The geography of the inference profile.
   */
  readonly geography: Geography;

  /**
   * The Regions that requests can be sent to.
   */
  readonly sourceRegions: string[];
}

/**
 * A published list of Regions.
 */
export interface RegionTable extends Citation {
  /**
   * Region codes, for example `eu-west-2`.
   */
  readonly regions: string[];
}

/**
 * The Regions in which a model can be called, by inference option.
 */
export interface ModelCardRegions {
  /**
   * The geo tables, a row for each source Region.
   *
   * @default - no geo inference profile
   */
  readonly geoRoutes?: GeoRoute[] | undefined;

  /**
   * Geographies that AWS names without a table of routes.
   *
   * @default - none
   */
  readonly geosWithoutRoutes?: GeoWithoutRoutes[] | undefined;

  /**
   * The source Regions of the global inference profile.
   *
   * @default - no global inference profile
   */
  readonly globalSources?: RegionTable | undefined;

  /**
   * The Regions in which bedrock-mantle serves the model: In-Region inference by `mantleModelId`.
   *
   * @default - no In-Region inference on bedrock-mantle
   */
  readonly inRegionOnMantle?: RegionTable | undefined;

  /**
   * The Regions in which bedrock-runtime takes `modelId` itself, on demand: In-Region inference without an inference profile.
   *
   * @default - bedrock-runtime needs an inference profile everywhere
   */
  readonly inRegionOnRuntime?: RegionTable | undefined;

  /**
   * The Regions in which batch jobs can call the model through an inference profile.
   *
   * @default - no batch inference through inference profiles
   */
  readonly batch?: RegionTable | undefined;

  /**
   * The Regions in which batch jobs can call `modelId` itself, within that Region.
   *
   * @default - no batch inference within one Region
   */
  readonly batchInRegion?: RegionTable | undefined;
}

/** The tables that are lists of Regions. */
const REGION_TABLES = ['globalSources', 'inRegionOnMantle', 'inRegionOnRuntime', 'batch', 'batchInRegion'] as const;

/**
 * The Regions of a card with those of another beside them. A row of a Region, or of a geography, that both have is the other's.
 * What is added is not checked yet: what has not its shape stays as it is.
 */
export function extended(own: ModelCardRegions, added: ModelCardRegions): ModelCardRegions {
  if (!isStruct(added) && !isBranded(added, 'ModelCard')) {
    throw new HaikuError(
      `Regions of a model card are not an object, got ${shown(added)}; expected an object with geoRoutes, globalSources, inRegionOnMantle or batch. Pass those to add.`);
  }
  const tables = REGION_TABLES.map((name): [string, RegionTable | undefined] => [name, joinedTables(own[name], added[name])]);
  return {
    geoRoutes: joinedRows(own.geoRoutes, added.geoRoutes, (row) => `${prefixOf(row)} ${shown(row?.sourceRegion)}`),
    geosWithoutRoutes: joinedRows(own.geosWithoutRoutes, added.geosWithoutRoutes, prefixOf),
    ...Object.fromEntries(tables),
  };
}

/** Both tables as one, cited as the newer is. */
function joinedTables(table: RegionTable | undefined, added: RegionTable | undefined): RegionTable | undefined {
  return table && Array.isArray(added?.regions) ? { ...added, regions: [...new Set([...table.regions, ...added.regions])] } : added ?? table;
}

function joinedRows<Row>(rows: Row[] | undefined, added: Row[] | undefined, keyOf: (row: Row | undefined) => string): Row[] | undefined {
  if (!Array.isArray(added)) return added ?? rows;
  const replaced = new Set(added.map(keyOf));
  return [...(rows ?? []).filter((row) => !replaced.has(keyOf(row))), ...added];
}

function prefixOf(row: { readonly geography: Geography } | undefined): string {
  return Geography._own(row?.geography)?.prefix ?? '';
}
