import { Finding, ProfileIdMistake, RoutingFindingCode as Code, RoutingRemedyKind as Kind, RoutingFindingSubject as Subject } from './finding';
import { geographyNotPublished } from './findings';
import { InferenceRouting } from './inference-routing';
import { Geography, GLOBAL_PREFIX } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { isDeployTimeText } from '../private/errors';
import { nearest } from '../private/nearest';

/** The routing that an inference profile ID stands for, or what was given instead. */
export type ProfileIdReading = { readonly routing: InferenceRouting } | { readonly finding: Finding };

/** Reads an inference profile ID. `sourceRegion` is the Region whose IDs would be right, if it is known. */
export function readProfileId(card: ModelCard, id: string, sourceRegion?: string): ProfileIdReading {
  if (card.inferenceProfileIds.includes(id)) {
    const prefix = id.slice(0, id.length - card.modelId.length - 1);
    return { routing: prefix === GLOBAL_PREFIX ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix)) };
  }
  const prefix = typeof id === 'string' ? /^([a-z]{2,}(?:-[a-z]+)*)\.(.*)$/.exec(id) : null;
  if (prefix && prefix[2] === card.modelId && prefix[1] !== GLOBAL_PREFIX) {
    return { finding: geographyNotPublished(card, Geography.of(prefix[1]), sourceRegion) };
  }
  const allowed = usable(card, sourceRegion);
  return {
    finding: {
      code: Code.NOT_AN_INFERENCE_PROFILE_ID,
      subject: Subject.INFERENCE_PROFILE_ID,
      model: card.name,
      mistake: mistakeOf(card, id),
      sourceRegion,
      given: [id],
      allowed,
      asOf: card.asOf,
      remedies: allowed.length > 0 ? [] : [{ kind: Kind.OWN_CARD, cardFields: ['geoRoutes', 'globalSources'] }],
    },
  };
}

/** What was given instead of an inference profile ID. */
function mistakeOf(card: ModelCard, id: unknown): ProfileIdMistake {
  if (typeof id !== 'string') return { kind: 'no text' };
  if (isDeployTimeText(id)) return { kind: 'token' };
  if (id.startsWith('arn:')) return { kind: 'ARN' };
  if (id === card.modelId) return { kind: card.inRegionOnRuntime ? 'In-Region model ID' : 'model ID' };
  if (id === card.mantleModelId) return { kind: 'mantle ID' };
  const doubled = /^([a-z-]+)\.\1\./.exec(id);
  if (doubled) return { kind: 'geography twice', geography: doubled[1] };
  const elsewhere = card.notes.platformNames?.find(({ name }) => name === id);
  if (elsewhere) return { kind: 'name of another platform', platform: elsewhere.platform };
  if (id.startsWith(`${provider(card)}.`)) return { kind: 'made-up model ID' };
  const ids = card.inferenceProfileIds;
  return { kind: 'not published', ...ids.length > 0 && { nearest: nearest(id.toLowerCase(), ids) } };
}

/** The first part of the model's ID, `anthropic`. */
function provider(card: ModelCard): string {
  return card.modelId.slice(0, card.modelId.indexOf('.'));
}

/** The IDs that work from here, or from anywhere if the Region is not known. */
function usable(card: ModelCard, sourceRegion: string | undefined): string[] {
  return sourceRegion === undefined ? card.inferenceProfileIds : card.inferenceProfileIdsFrom(sourceRegion);
}
