import { BATCH_PAGE, MODEL_CARD_PAGE } from './sources';
import { RegionTable } from '../../region-table';

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
export const IN_REGION: RegionTable = {
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
