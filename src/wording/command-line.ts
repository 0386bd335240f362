import { findingText, Voice } from './finding-text';
import { InferenceOption } from '../catalog/inference-option';
import { Finding } from '../routing/finding';
import { InferenceRouting } from '../routing/inference-routing';

const COMMAND_LINE: Voice = {
  geography: ({ prefix }) => `--geo ${prefix}`,
  global: '--global',
  inRegion: '--in-region',
  crossRegion: 'leave out --in-region',
  allowedRegions: 'the allowed Regions',
  ownCard: (cardFields) => cardFields.includes('mantleModelId')
    ? `pass --card with a card file that has ${cardFields.join(' and ')}`
    : 'pass --card with a card file, which "card --from-account" writes',
};

/** How the command line is told a routing; empty where it need not be. */
export function commandLineRouting({ inferenceOption, geography }: InferenceRouting): string {
  if (geography) return COMMAND_LINE.geography(geography);
  return inferenceOption === InferenceOption.GLOBAL ? COMMAND_LINE.global : '';
}

/** What the command line says about a finding. */
export function commandLineText(finding: Finding): string {
  return findingText(finding, COMMAND_LINE);
}
