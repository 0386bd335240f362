import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IInvocationGrants } from './invocable-model';
import { checkedGrantee } from '../construct/checked-props';
import { grantStatements } from '../construct/grant-statements';
import { Statement } from '../policy/statement';

/**
 * Gives principals access to the model on bedrock-mantle, in one project of one Region.
 */
export class InRegionInferenceGrants implements IInvocationGrants {
  /** @internal */
  public static _of(inference: IConstruct, statementsFor: (grantee: IGrantable) => Statement[]): InRegionInferenceGrants {
    return new InRegionInferenceGrants(inference, statementsFor);
  }

  private constructor(private readonly inference: IConstruct, private readonly statementsFor: (grantee: IGrantable) => Statement[]) {}

  /**
   * Everything that is needed to call the model and to stream its answers, and nothing else.
   *
   * Warns with the id `cdk-bedrock-haiku:InRegionInferenceGrants.notAttached`, and prints the policy to attach by hand,
   * if the principal's policies cannot be changed from this app.
   */
  public invoke(grantee: IGrantable): Grant {
    return grantStatements(this.inference, checkedGrantee(grantee), this.statementsFor(grantee), 'cdk-bedrock-haiku:InRegionInferenceGrants.notAttached');
  }
}
