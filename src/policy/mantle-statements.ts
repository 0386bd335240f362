import { MANTLE_INVOKE_ACTION } from './actions';
import { Statement } from './statement';

/** What a caller of the bedrock-mantle endpoint needs to reach. All values may be tokens. */
export interface MantleAccess {
  readonly projectArn: string;
  /** The model's ID on bedrock-mantle. */
  readonly mantleModelId: string;
}

/**
 * The statement for In-Region inference: this model, in this project.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export function mantleStatements(access: MantleAccess): Statement[] {
  return [{
    Effect: 'Allow',
    Action: [MANTLE_INVOKE_ACTION],
    Resource: [access.projectArn],
    Condition: { StringEquals: { 'bedrock-mantle:Model': access.mantleModelId } },
  }];
}
