import { Citation } from '../citation';
import { Geography } from '../geography';
import { GeoRoute } from '../model-regions';

/** A geo table as the model cards have it: from a Region of the core a request may run in the core, from one that joins it there and in that Region too. */
export interface GeoTable {
  readonly geography: Geography;
  readonly core: string[];
  readonly joining?: string[];
}

const US_CORE = ['us-east-1', 'us-east-2', 'us-west-2'];
const AU_CORE = ['ap-southeast-2', 'ap-southeast-4'];

// Many cards have the same table. Which ones a model has, its own card says.
export const US: GeoTable = { geography: Geography.US, core: US_CORE, joining: ['us-west-1', 'ca-central-1'] };
export const US_WITH_CALGARY: GeoTable = { geography: Geography.US, core: US_CORE, joining: ['us-west-1', 'ca-central-1', 'ca-west-1'] };
export const EU: GeoTable = {
  geography: Geography.EU,
  core: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
  joining: ['eu-central-2', 'eu-west-2'],
};
export const AU: GeoTable = { geography: Geography.AU, core: AU_CORE };
export const AU_WITH_AUCKLAND: GeoTable = { geography: Geography.AU, core: AU_CORE, joining: ['ap-southeast-6'] };
export const JP: GeoTable = { geography: Geography.JP, core: ['ap-northeast-1', 'ap-northeast-3'] };
export const IN: GeoTable = { geography: Geography.IN, core: ['ap-south-1', 'ap-south-2'] };
export const US_GOV: GeoTable = { geography: Geography.of('us-gov'), core: ['us-gov-east-1', 'us-gov-west-1'] };

/** The rows of a model's geo tables. AWS: the destinations of a profile that is tied to a geography never change. */
export function geoRoutes(page: Citation, ...tables: GeoTable[]): GeoRoute[] {
  return tables.flatMap(({ geography, core, joining = [] }) => [
    ...core.map((sourceRegion) => ({ ...page, geography, sourceRegion, destinationRegions: [...core] })),
    ...joining.map((sourceRegion) => ({ ...page, geography, sourceRegion, destinationRegions: [...core, sourceRegion].sort() })),
  ]);
}

/** The source Regions of each model's global inference profile. AWS publishes no list of its destinations. */
export const GLOBAL_SOURCES = [
  // Americas
  'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'sa-east-1', 'mx-central-1',
  // Europe, Middle East, Africa
  'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3',
  'il-central-1', 'me-central-1', 'me-south-1', 'af-south-1',
  // Asia Pacific
  'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1',
  'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7',
];

/** Where batch jobs can call the models of the end of 2025, always through an inference profile. */
export const BATCH_REGIONS = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2',
  'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ca-central-1',
  'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3',
  'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];
