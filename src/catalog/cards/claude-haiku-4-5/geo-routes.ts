import { MODEL_CARD_PAGE } from './sources';
import { GeoRoute } from '../../geo-route';
import { Geography } from '../../geography';

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

function row(geography: Geography, sourceRegion: string, destinations: string[]): GeoRoute {
  return { ...MODEL_CARD_PAGE, geography, sourceRegion, destinationRegions: [...destinations].sort() };
}
