import { Citation } from './citation';

/**
 * A published list of Regions.
 */
export interface RegionTable extends Citation {
  /**
   * Region codes, for example `eu-west-2`.
   */
  readonly regions: string[];
}

/** Both tables as one, cited as the newer is. */
export function joinedTables(table: RegionTable | undefined, added: RegionTable | undefined): RegionTable | undefined {
  return table && Array.isArray(added?.regions) ? { ...added, regions: [...new Set([...table.regions, ...added.regions])] } : added ?? table;
}
