import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkedGrantee } from '../invocable-model/checked-props';
import { grantStatements } from '../invocable-model/grant-statements';
import { IInvocationGrants } from '../invocable-model/invocation-grants';
import { Statement } from '../policy/statement';

/**
 * Gives principals access to an inference profile and, only through it, to the model in each destination Region.
 */
export class InferenceProfileGrants implements IInvocationGrants {
  /** @internal */
  public static _of(profile: IConstruct, statementsFor: (grantee: IGrantable) => Statement[]): InferenceProfileGrants {
    return new InferenceProfileGrants(profile, statementsFor);
  }

  private constructor(private readonly profile: IConstruct, private readonly statementsFor: (grantee: IGrantable) => Statement[]) {}

  /**
   * Everything that is needed to call the model through the profile and to stream its answers, and nothing else.
   *
   * Warns with the id `cdk-bedrock-haiku:InferenceProfileGrants.notAttached`, and prints the policy to attach by hand,
   * if the principal's policies cannot be changed from this app.
   */
  public invoke(grantee: IGrantable): Grant {
    return grantStatements(this.profile, checkedGrantee(grantee), this.statementsFor(grantee), 'cdk-bedrock-haiku:InferenceProfileGrants.notAttached');
  }
}
