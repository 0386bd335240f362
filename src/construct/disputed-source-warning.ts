import { Annotations, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ModelCard } from '../catalog/model-card';

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
