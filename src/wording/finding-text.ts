import { Geography } from '../catalog/geography';
import { isDeployTimeText, shown, shownList } from '../private/errors';
import { Finding, ProfileIdMistake, Remedy, RoutingFindingCode as Code, RoutingFindingSubject as Subject, RoutingRemedyKind as Kind } from '../routing/finding';

/** How the readers of a message name what they can use: each has a file of its own here. */
export interface Voice {
  readonly geography: (geography: Geography) => string;
  readonly global: string;
  /** In-Region inference, as a way to call a model. */
  readonly inRegion: string;
  /** A sentence part: how to use a cross-Region inference profile in place of In-Region inference. */
  readonly crossRegion: string;
  readonly allowedRegions: string;
  /** A sentence part: how to pass a card of one's own that has more than this one. */
  readonly ownCard: (cardFields: readonly string[]) => string;
}

/** What a finding says: what was given, what is allowed, and what to change. */
export function findingText(finding: Finding, voice: Voice): string {
  return [`${problem(finding, voice)}.`, ...finding.remedies.map((remedy, index) => advice(remedy, index > 0, finding, voice))].join(' ');
}

function problem(finding: Finding, voice: Voice): string {
  const { model, sourceRegion, given, allowed } = finding;
  if (finding.subject === Subject.SOURCE_REGION && isDeployTimeText(sourceRegion)) {
    return `Source Region is an unresolved token, and what ${model} has there depends on it; expected a literal such as "eu-west-1". `
      + 'Pass a literal, or leave the question to a construct: a CrossRegionInferenceProfile follows the Region of its stack, whenever that is known';
  }
  const [got, from] = [shown(given[0]), shown(sourceRegion)];
  switch (finding.code) {
    case Code.GEOGRAPHY_NOT_PUBLISHED:
      return `Geography is not published for ${model}, got ${got}${expected(finding)}`;
    case Code.GEOGRAPHY_WITHOUT_ROUTES:
      return `${finding.geography} of ${model} has no published routes, got ${got}: AWS says that it serves this Region, and not in which Regions requests may run, `
        + `so nothing can be granted exactly (${asOf(finding)})`;
    case Code.SOURCE_REGION_OUTSIDE_GEOGRAPHY:
      return `Source Region is outside ${finding.geography}, got ${got}${expected(finding)}`;
    case Code.SOURCE_REGION_WITHOUT_GEOGRAPHY:
      return `Source Region has no geography for ${model}, got ${got}${expected(finding)}`;
    case Code.SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES:
      return `Source Region belongs to several geographies of ${model}, got ${from} without a geography; `
        + `expected the one that requests must stay in: ${either(allowed)} (${asOf(finding)})`;
    case Code.SOURCE_REGION_NOT_DOCUMENTED:
      return `Source Region is not documented for ${model}${nearestOf(finding)}, got ${got}${expected(finding)}`;
    case Code.SOURCE_REGION_NOT_GLOBAL:
      return `Source Region is not served by the global inference profile of ${model}, got ${got}${expected(finding)}`;
    case Code.DESTINATION_NOT_ALLOWED:
      if (!finding.geography) {
        return `Global cross-Region inference cannot be held to ${voice.allowedRegions}, got ${shown(given)}: `
          + 'the global inference profile may use any commercial AWS Region, and AWS publishes no list';
      }
      return `Destination Regions lie outside ${voice.allowedRegions}, got ${shown(given)} without ${shownList(allowed.filter((region) => !given.includes(region)))}; `
        + `expected every destination of ${finding.geography} from ${from}: ${shownList(allowed)} (${asOf(finding)})`;
    case Code.IN_REGION_NOT_SERVED:
      if (!finding.known) return `The card of ${model} has no bedrock-mantle ID, got ${got} for In-Region inference`;
      return finding.endpoint === undefined
        ? `No endpoint serves ${model} within this Region alone, got ${got}${expected(finding)}`
        : `${finding.endpoint} does not serve ${model} in this Region, got ${got}${expected(finding)}`;
    case Code.NOT_AN_INFERENCE_PROFILE_ID:
      return `Inference profile ID ${mistaken(finding.mistake, model, voice)}, got ${got}${expectedIds(finding)}`;
  }
}

/** `also` is whether it follows another remedy. */
function advice(remedy: Remedy, also: boolean, { code, model, sourceRegion }: Finding, voice: Voice): string {
  const from = shown(sourceRegion);
  switch (remedy.kind) {
    case Kind.CHOOSE_GEOGRAPHY: {
      const [names, calls] = [remedy.geographies.join(' and '), remedy.geographies.map(voice.geography).join(' or ')];
      return also ? `Or stay in ${names}, to which ${from} belongs: use ${calls}.` : `${from} belongs to ${names}: use ${calls} there.`;
    }
    case Kind.CHOOSE_GLOBAL:
      return `From ${from} only Global cross-Region inference serves ${model}, and it must be chosen explicitly: use ${voice.global}. `
        + 'Prompts and answers may then be processed in any commercial AWS Region, so data can leave its geography.';
    case Kind.CHOOSE_SOURCE_REGION:
      return code === Code.IN_REGION_NOT_SERVED ? 'Use one of these Regions.' : `Or send requests to ${either(remedy.regions)}, whose destinations are all allowed.`;
    case Kind.CHOOSE_IN_REGION:
      return `In-Region inference serves ${model} in ${from}: use ${voice.inRegion} there.`;
    case Kind.CHOOSE_CROSS_REGION:
      return also ? `Or ${voice.crossRegion}.` : `${capitalised(voice.crossRegion)}.`;
    case Kind.ALLOW_REGIONS:
      return `A blocked destination fails the whole call: add ${shownList(remedy.regions)} to ${voice.allowedRegions}.`;
    case Kind.ALLOW_EVERY_REGION:
      return `Leave ${voice.allowedRegions} out.`;
    case Kind.OWN_CARD:
      return `If ${published(code)} by now, ${voice.ownCard(remedy.cardFields)}.`;
  }
}

/** What AWS may have done since the card was read. */
function published(code: Code): string {
  switch (code) {
    case Code.GEOGRAPHY_NOT_PUBLISHED: return 'AWS publishes the geography';
    case Code.GEOGRAPHY_WITHOUT_ROUTES: return 'AWS publishes the routes';
    case Code.NOT_AN_INFERENCE_PROFILE_ID: return 'AWS publishes one';
    case Code.IN_REGION_NOT_SERVED: return 'bedrock-mantle serves the model there';
    default: return 'AWS serves the model there';
  }
}

function mistaken(mistake: ProfileIdMistake, model: string, voice: Voice): string {
  switch (mistake.kind) {
    case 'no text': return 'is not a string';
    case 'token': return 'is an unresolved token, and it decides where data may go';
    case 'ARN': return 'is an ARN';
    case 'model ID': return `is the bare model ID of ${model}, which has no on-demand inference on bedrock-runtime`;
    case 'In-Region model ID': return `is the bare model ID of ${model}, which is In-Region inference on bedrock-runtime`;
    case 'mantle ID': return `is the bedrock-mantle ID of ${model}, which only ${voice.inRegion} takes`;
    case 'geography twice': return `has its geography ${shown(mistake.geography)} twice`;
    case 'name of another platform': return `is the name of ${model} on ${mistake.platform}`;
    case 'made-up model ID': return 'has no geography in front, and is a model ID that no AWS page has (blogs spell it in several ways)';
    case 'not published': return `is not one that AWS publishes for ${model}${nearestOf(mistake)}`;
  }
}

/** What was perhaps meant. */
function nearestOf({ nearest }: { readonly nearest?: string }): string {
  return nearest === undefined ? '' : ` (the nearest is ${shown(nearest)})`;
}

/** What is allowed. A card of one's own may hold nothing of the kind. */
function expected(finding: Finding): string {
  const { model, allowed } = finding;
  return allowed.length > 0 ? `; expected one of ${shownList(allowed)} (${asOf(finding)})` : `, and the card of ${model} lists none (${asOf(finding)})`;
}

function expectedIds(finding: Finding): string {
  const { model, sourceRegion, allowed } = finding;
  if (sourceRegion === undefined) return expected(finding);
  const from = `from ${shown(sourceRegion)} (${asOf(finding)})`;
  return allowed.length > 0 ? `; expected ${either(allowed)} ${from}` : `, and the card of ${model} lists none ${from}`;
}

function asOf({ asOf: date }: Finding): string {
  return `as of ${date}`;
}

function either(values: readonly string[]): string {
  return values.map(shown).join(' or ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
