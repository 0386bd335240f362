import { API_CRAWL, PRICE_LIST } from './pages';
import { Citation } from '../citation';
import { SourceDisagreement } from '../model-card-notes';

// Where the sources of several cards disagree in the same way.

/** On the two Gulf Regions, whatever the model. */
export function gulfSources(page: Citation): SourceDisagreement {
  return {
    topic: 'global inference from me-central-1 and me-south-1',
    chosen: 'served, as from 31 other source Regions',
    chosenSourceUrl: page.sourceUrl,
    rejected: 'not served: 31 source Regions without these two, for every model',
    rejectedSourceUrl: API_CRAWL.sourceUrl,
    reason: 'AWS publishes both Regions on the model card; the APIs did not answer there on 2026-10-27. Not confirmed by a call: check before relying on it.',
    disputedGlobalSources: ['me-central-1', 'me-south-1'],
  };
}

/** On Regions that a model card has on bedrock-runtime and the APIs have on bedrock-mantle. */
export function inRegionEndpoint(page: Citation, regions: string): SourceDisagreement {
  return {
    topic: `In-Region inference in ${regions}`,
    chosen: 'on bedrock-runtime',
    chosenSourceUrl: page.sourceUrl,
    rejected: 'on bedrock-mantle',
    rejectedSourceUrl: API_CRAWL.sourceUrl,
    reason: 'AWS publishes the endpoint on the model card; the APIs answered otherwise on 2026-10-27. Not confirmed by a call: check before relying on it.',
  };
}

/** On the inference profile of GovCloud, whose ID the price list alone has. */
export function govCloudProfile(page: Citation, model: string, rejected: string): SourceDisagreement {
  return {
    topic: 'Geo US-GOV',
    chosen: `us-gov.${model}`,
    chosenSourceUrl: PRICE_LIST.sourceUrl,
    rejected,
    rejectedSourceUrl: page.sourceUrl,
    reason: 'The ID of an inference profile begins with its geography, and the price list has this one with a price of its own.',
  };
}
