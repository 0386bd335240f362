import { Annotations, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { ModelCatalog } from '../catalog/model-catalog';
import { LifecycleState, ModelLifecycle, ModelLifecycleStatus } from '../catalog/model-lifecycle';
import { destinationsOf, waysFrom } from '../move/move';
import { Way, wayText } from '../move/use';

/**
 * Warns where a card is used that says its model is Legacy or beyond. A Region that is known only at deploy time is as most are. Only the
 * card is asked: there is no clock at synth, so the same app gives the same template on any day.
 */
export function warnOfLifecycle(scope: IConstruct, card: ModelCard, way: Way): void {
  const { lifecycle } = card;
  const region = lifecycle?.regionStates?.find((state) => state.region === way.sourceRegion);
  const state = region ?? lifecycle;
  if (!lifecycle || !state || state.status === ModelLifecycleStatus.ACTIVE) return;
  const where = state.status === lifecycle.status ? '' : ` in ${way.sourceRegion}`;
  const next = nextText(card, way);
  if (state.status === ModelLifecycleStatus.LEGACY) {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:ModelCard.legacy',
      `${card.name} is Legacy${where}${since(state)} (as of ${lifecycle.asOf}): it still answers, but its end of life is coming${ending(state, lifecycle)}. ${next}`);
  } else {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:ModelCard.endOfLife',
      `${card.name} has reached its end of life${where} (as of ${lifecycle.asOf}): requests fail. ${next}`);
  }
}

function since({ legacyDate }: LifecycleState): string {
  return legacyDate === undefined ? '' : ` since ${legacyDate}`;
}

function ending({ publicExtendedAccessDate: dearer, endOfLifeDate: end }: LifecycleState, { endOfLifeNotBefore: earliest }: ModelLifecycle): string {
  const day = end !== undefined ? `: requests fail from ${end}` : earliest !== undefined ? `, not before ${earliest}` : '';
  return `${day}${dearer === undefined ? '' : `${day.startsWith(':') ? ',' : ';'} and from ${dearer} its provider may ask for a higher price`}`;
}

/** What to move to. A model that does not serve the way in use is not offered for it: what would be lost is said instead. */
function nextText(card: ModelCard, way: Way): string {
  const named = card.lifecycle?.successor;
  if (named === undefined) return 'The card names no successor: choose one, and pass its card as model.';
  const line = lineAfter(card);
  if (line.length === 0) return `Its successor is ${named}: pass its card as model, for example one that npx cdk-bedrock-haiku card --from-account wrote.`;
  if (Token.isUnresolved(way.sourceRegion)) {
    return `Its successor is ${named}, where that serves the Region of the deployment: ask npx cdk-bedrock-haiku move --to ${line[0].modelId} --from <Region>.`;
  }
  const { sourceRegion } = way;
  const next = line.find((one) => destinationsOf(one, way) !== undefined);
  if (next) {
    return `Its successor ${next.name} serves ${wayText(way)} from ${sourceRegion} too: pass ${constantOf(next)} as model. `
      + `What else changes says npx cdk-bedrock-haiku move --to ${next.modelId} --from ${sourceRegion}.`;
  }
  const left = waysFrom(line[0], sourceRegion);
  return `No successor serves ${wayText(way)} from ${sourceRegion} (as of ${line[0].asOf}): moving on loses it there, and leaves ${left.length > 0 ? left.join(' and ') : 'no way to call the model'}.`;
}

/** The models after this one, as far as this package has their cards. */
function lineAfter(card: ModelCard, before: readonly ModelCard[] = []): ModelCard[] {
  const next = card.lifecycle?.successor === undefined ? undefined : ModelCatalog.find(card.lifecycle.successor);
  return next && !before.includes(next) ? [next, ...lineAfter(next, [...before, next])] : [];
}

function constantOf(card: ModelCard): string {
  return `ModelCard.${Object.entries(ModelCard).find(([, value]) => value === card)![0]}`;
}

/**
 * Warns where requests are sent to a Region of which published sources disagree whether its global inference profile exists.
 * A Region that is known only at deploy time cannot be judged.
 */
export function warnOfDisputedSource(scope: IConstruct, card: ModelCard, sourceRegion: string): void {
  const dispute = Token.isUnresolved(sourceRegion) ? undefined : card._globalSourceDispute(sourceRegion);
  if (!dispute) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:ModelCard.disputedSource',
    `Sources disagree whether ${card.name} can be called from ${sourceRegion}. ${dispute.chosenSourceUrl} says: ${dispute.chosen}. `
    + `${dispute.rejectedSourceUrl} says: ${dispute.rejected}. Ask AWS before you rely on it: npx cdk-bedrock-haiku access --from ${sourceRegion} --global.`);
}
