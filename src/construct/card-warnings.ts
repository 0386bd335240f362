import { Annotations, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { ModelLifecycleStatus } from '../catalog/model-lifecycle';

/**
 * Warns where a card is used that says its model is Legacy or beyond. A Region that is known only at deploy time is as most are. Only the
 * card is asked: there is no clock at synth, so the same app gives the same template on any day.
 */
export function warnOfLifecycle(scope: IConstruct, card: ModelCard, region: string): void {
  const status = card.lifecycleStatus(region);
  if (status === undefined || status === ModelLifecycleStatus.ACTIVE) return;
  const lifecycle = card.lifecycle!;
  const where = status === lifecycle.status ? '' : ` in ${region}`;
  const next = lifecycle.successor
    ? `Its successor is ${lifecycle.successor}: pass its card as model, for example one that npx cdk-bedrock-haiku card --from-account wrote.`
    : 'The card names no successor: choose one, and pass its card as model.';
  if (status === ModelLifecycleStatus.LEGACY) {
    const until = lifecycle.endOfLifeNotBefore ? `, not before ${lifecycle.endOfLifeNotBefore}` : '';
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:ModelCard.legacy',
      `${card.name} is Legacy${where} (as of ${lifecycle.asOf}): it still answers, but its end of life is coming${until}. ${next}`);
  } else {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:ModelCard.endOfLife',
      `${card.name} has reached its end of life${where} (as of ${lifecycle.asOf}): requests fail. ${next}`);
  }
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
