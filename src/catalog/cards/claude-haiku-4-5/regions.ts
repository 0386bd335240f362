import { BATCH_PAGE, MODEL_CARD_PAGE } from './sources';
import { Geography } from '../../geography';
import { GeoRoute, RegionTable } from '../../model-regions';

const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const EU = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const AU = ['ap-southeast-2', 'ap-southeast-4'];
const JP = ['ap-northeast-1', 'ap-northeast-3'];
const IN = ['ap-south-1', 'ap-south-2'];

/**
 * The geo tables of the model card. AWS: the destinations of a profile that is tied to a geography never change.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html
 */
export const GEO_ROUTES: GeoRoute[] = [
  row(Geography.US, 'us-east-1', US),
  row(Geography.US, 'us-east-2', US),
  row(Geography.US, 'us-west-2', US),
  row(Geography.US, 'us-west-1', [...US, 'us-west-1']),
  row(Geography.US, 'ca-central-1', [...US, 'ca-central-1']),
  row(Geography.EU, 'eu-central-1', EU),
  row(Geography.EU, 'eu-north-1', EU),
  row(Geography.EU, 'eu-south-1', EU),
  row(Geography.EU, 'eu-south-2', EU),
  row(Geography.EU, 'eu-west-1', EU),
  row(Geography.EU, 'eu-west-3', EU),
  row(Geography.EU, 'eu-central-2', [...EU, 'eu-central-2']),
  row(Geography.EU, 'eu-west-2', [...EU, 'eu-west-2']),
  row(Geography.AU, 'ap-southeast-2', AU),
  row(Geography.AU, 'ap-southeast-4', AU),
  row(Geography.AU, 'ap-southeast-6', [...AU, 'ap-southeast-6']),
  row(Geography.JP, 'ap-northeast-1', JP),
  row(Geography.JP, 'ap-northeast-3', JP),
  row(Geography.IN, 'ap-south-1', IN),
  row(Geography.IN, 'ap-south-2', IN),
];

/** The source Regions of the global inference profile. AWS publishes no list of its destinations. */
export const GLOBAL_SOURCES: RegionTable = {
  ...MODEL_CARD_PAGE,
  regions: [
    // Americas
    'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'sa-east-1', 'mx-central-1',
    // Europe, Middle East, Africa
    'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3',
    'il-central-1', 'me-central-1', 'me-south-1', 'af-south-1',
    // Asia Pacific
    'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1',
    'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7',
  ],
};

/** Where bedrock-mantle serves the model within one Region. */
export const IN_REGION_ON_MANTLE: RegionTable = {
  ...MODEL_CARD_PAGE,
  regions: ['us-east-1', 'us-east-2', 'us-west-2', 'eu-north-1', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-4'],
};

/** Where batch jobs can call the model, always through an inference profile. */
export const BATCH: RegionTable = {
  ...BATCH_PAGE,
  regions: [
    'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2',
    'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ca-central-1',
    'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3',
    'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
  ],
};

function row(geography: Geography, sourceRegion: string, destinations: string[]): GeoRoute {
  return { ...MODEL_CARD_PAGE, geography, sourceRegion, destinationRegions: [...destinations].sort() };
}
