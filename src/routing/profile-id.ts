import { RoutingFinding, RoutingFindingCode } from './finding';
import * as findings from './findings';
import { InferenceRouting } from './inference-routing';
import { Geography, GLOBAL_PREFIX } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { shown, shownList } from '../private/errors';
import { nearest } from '../private/nearest';

/** The routing that an inference profile ID stands for, or a finding that says what was given instead. */
export interface ProfileIdReading {
  readonly routing?: InferenceRouting;
  readonly finding?: RoutingFinding;
}

/** Reads an inference profile ID. `sourceRegion` is the Region that the message gives the right IDs for, if it is known. */
export function readProfileId(card: ModelCard, id: string, sourceRegion?: string): ProfileIdReading {
  if (card.inferenceProfileIds.includes(id)) {
    const prefix = id.slice(0, id.length - card.modelId.length - 1);
    return { routing: prefix === GLOBAL_PREFIX ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix)) };
  }
  const prefix = typeof id === 'string' ? /^([a-z]{2,}(?:-[a-z]+)*)\.(.*)$/.exec(id) : null;
  if (prefix && prefix[2] === card.modelId && prefix[1] !== GLOBAL_PREFIX) {
    return { finding: findings.geographyNotPublished(card, Geography.of(prefix[1])) };
  }
  return {
    finding: {
      code: RoutingFindingCode.NOT_AN_INFERENCE_PROFILE_ID,
      message: `${nature(card, id)}, got ${shown(id)}; expected ${usable(card, sourceRegion)}.`,
    },
  };
}

/** What was given instead of an inference profile ID. */
function nature(card: ModelCard, id: unknown): string {
  if (typeof id !== 'string') return 'Inference profile ID is not a string';
  if (id.includes('${Token[')) return 'Inference profile ID is an unresolved token, and it decides where data may go';
  if (id.startsWith('arn:')) return 'Inference profile ID is an ARN';
  if (id === card.modelId) {
    const onRuntime = card.inRegionOnRuntime ? 'is In-Region inference' : 'has no on-demand inference';
    return `Inference profile ID is the bare model ID of ${card.name}, which ${onRuntime} on bedrock-runtime`;
  }
  if (id === card.mantleModelId) return `Inference profile ID is the bedrock-mantle ID of ${card.name}, which only InRegionInference takes`;
  const doubled = /^([a-z-]+)\.\1\./.exec(id);
  if (doubled) return `Inference profile ID has its geography ${shown(doubled[1])} twice`;
  const elsewhere = card.notes.platformNames?.find(({ name }) => name === id);
  if (elsewhere) return `Inference profile ID is the name of ${card.name} on ${elsewhere.platform}`;
  if (id.startsWith(`${provider(card)}.`)) {
    return 'Inference profile ID has no geography in front, and is a model ID that no AWS page has (blogs spell it in several ways)';
  }
  const ids = card.inferenceProfileIds;
  const suggestion = ids.length > 0 ? ` (the nearest is ${shown(nearest(id.toLowerCase(), ids))})` : '';
  return `Inference profile ID is not one that AWS publishes for ${card.name}${suggestion}`;
}

/** The first part of the model's ID, `anthropic`. */
function provider(card: ModelCard): string {
  return card.modelId.slice(0, card.modelId.indexOf('.'));
}

/** The IDs that work from here. */
function usable(card: ModelCard, sourceRegion: string | undefined): string {
  if (card.inferenceProfileIds.length === 0) return `none, for ${card.name} has no inference profile (as of ${card.asOf})`;
  const ids = sourceRegion === undefined ? card.inferenceProfileIds : card.inferenceProfileIdsFrom(sourceRegion);
  if (sourceRegion === undefined) return `one of ${shownList(ids)} (as of ${card.asOf})`;
  return ids.length > 0
    ? `${ids.map(shown).join(' or ')} from ${shown(sourceRegion)} (as of ${card.asOf})`
    : `a source Region that is documented for ${card.name}, which ${shown(sourceRegion)} is not (as of ${card.asOf})`;
}
