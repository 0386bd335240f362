import { RoutingFinding } from '../routing/finding';

const GEO = /InferenceRouting\.geo\((Geography\.[^ ]{1,80}(?: or Geography\.[^ ]{1,80}){0,20})\)/g;
const GEOGRAPHY = /Geography\.(?:of\('([a-z-]+)'\)|([A-Z]+))/g;
const OWN_CARD = /a card of your own(?: as model| that publishes it)?: ModelCard\.CLAUDE_HAIKU_4_5\.extend\(\{ geoRoutes: \[\.\.\.\] \}\)/;

/** What a finding says, with the command line's options in place of the library's calls. */
export function findingText({ message }: RoutingFinding): string {
  return message
    .replace(GEO, (_, geographies: string) => geographies.replace(GEOGRAPHY, (_geography, prefix, name) => `--geo ${prefix ?? name.toLowerCase()}`))
    .replaceAll('InferenceRouting.globalCrossRegion()', '--global')
    .replace('or a CrossRegionInferenceProfile:', 'or leave out --in-region:')
    .replace('Use a CrossRegionInferenceProfile.', 'Leave out --in-region.')
    .replace(OWN_CARD, '--card with a card file, which "card --from-account" writes');
}
