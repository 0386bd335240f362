import { findingText, Voice } from './finding-text';
import { Finding } from '../routing/finding';

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

/** What the command line says about a finding. */
export function commandLineText(finding: Finding): string {
  return findingText(finding, COMMAND_LINE);
}
