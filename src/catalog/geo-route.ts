import { Citation } from './citation';
import { Geography } from './geography';

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
