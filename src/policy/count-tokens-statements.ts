import { INVOKE_ACTIONS, Statement } from './statement';

/**
 * Count tokens on bedrock-mantle: of this model, in this project.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
export function countOnMantleStatements(projectArn: string, mantleModelId: string): Statement[] {
  return [{
    Effect: 'Allow', Action: ['bedrock-mantle:CountTokens'], Resource: [projectArn], Condition: { StringEquals: { 'bedrock-mantle:Model': mantleModelId } },
  }];
}

/**
 * Count tokens on bedrock-runtime, where requests name the model itself and not a profile. AWS asks for the permission to call the model by
 * that name, too.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
export function countOnRuntimeStatements(modelArn: string): Statement[] {
  const [invoke] = INVOKE_ACTIONS;
  return [
    { Effect: 'Allow', Action: ['bedrock:CountTokens'], Resource: [modelArn] },
    { Effect: 'Allow', Action: [invoke], Resource: [modelArn], Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } },
  ];
}
