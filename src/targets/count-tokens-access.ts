import { Aws, Token } from 'aws-cdk-lib/core';
import { IInvocableModel, InferenceEndpoint } from './invocable-model';
import { countOnMantleStatements, countOnRuntimeStatements } from '../policy/count-tokens-statements';
import { Statement } from '../policy/statement';
import { HaikuError, shown } from '../private/errors';
import { foundationModelArn, mantleProjectArn } from '../routing/arn';

/** What a caller of an account needs to count tokens where the target is called. Throws where none are counted for the model. */
export function countTokensStatements({ endpoint, sourceRegion, model, modelId, projectId, node }: IInvocableModel, account: string): Statement[] {
  const partition = Token.isUnresolved(sourceRegion) ? Aws.PARTITION : undefined;
  if (endpoint === InferenceEndpoint.BEDROCK_MANTLE) {
    return countOnMantleStatements(mantleProjectArn(sourceRegion, account, projectId!, partition), modelId);
  }
  if (model.limits?.countTokens) return countOnRuntimeStatements(foundationModelArn(sourceRegion, model.modelId, partition));
  throw new HaikuError(
    `bedrock-runtime counts no tokens for ${model.name}, as far as its card tells (as of ${model.asOf}), got ${shown(node.path)}; expected a model whose limits say countTokens, or bedrock-mantle. `
    + 'Grant countTokens of an InRegionInference in a Region where bedrock-mantle serves the model, and count there.');
}
