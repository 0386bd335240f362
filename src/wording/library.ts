import { findingText, Voice } from './finding-text';
import { Geography } from '../catalog/geography';
import { Finding } from '../routing/finding';

/**
 * An API is named with its class, and whole, so that it reads and runs alike in TypeScript, Java and C#, and nearly so in Python:
 * `InferenceRouting.geo(Geography.EU)`. Texts stand in double quotes, a prop by its name, and what a struct holds is said in words.
 */
const LIBRARY: Voice = {
  geography: (geography) => `InferenceRouting.geo(${expressionOf(geography)})`,
  global: 'InferenceRouting.globalCrossRegion()',
  inRegion: 'InRegionInference',
  crossRegion: 'use a CrossRegionInferenceProfile',
  allowedRegions: 'allowedRegions',
  ownCard: (cardFields) => cardFields.includes('mantleModelId')
    ? `pass a card of your own as model, with ${cardFields.join(' and ')}`
    : `pass a card of your own as model: the method extend of a ModelCard adds ${cardFields.join(' or ')}`,
};

/** What the library says about a finding. */
export function libraryText(finding: Finding): string {
  return findingText(finding, LIBRARY);
}

function expressionOf(geography: Geography): string {
  const constant = Object.entries(Geography).find(([, value]) => value === geography);
  return constant ? `Geography.${constant[0]}` : `Geography.of("${geography.prefix}")`;
}
