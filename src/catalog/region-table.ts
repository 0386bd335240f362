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
