import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IInvocationGrants } from './invocable-model';
import { checkedGrantee } from '../construct/checked-props';
import { grantStatements } from '../construct/grant-statements';
import { ProfileAccess } from '../construct/profile-access';

/**
 * Gives principals access to an inference profile and, only through it, to the model in each destination Region.
 */
export class InferenceProfileGrants implements IInvocationGrants {
  /** @internal */
  public static _of(profile: IConstruct, accessFor: (grantee: IGrantable) => ProfileAccess): InferenceProfileGrants {
    return new InferenceProfileGrants(profile, accessFor);
  }

  private constructor(private readonly profile: IConstruct, private readonly accessFor: (grantee: IGrantable) => ProfileAccess) {}

  /**
   * Everything that is needed to call the model through the profile and to stream its answers, and nothing else.
   *
   * Several profiles of one route share the statements on the model. Synthesis fails if the policies of the principal become
   * larger than IAM takes.
   *
   * Warns with the id `cdk-bedrock-haiku:InferenceProfileGrants.notAttached`, and prints the policy to attach by hand,
   * if the principal's policies cannot be changed from this app.
   */
  public invoke(grantee: IGrantable): Grant {
    const access = this.accessFor(checkedGrantee(grantee));
    return grantStatements(this.profile, grantee, access.statements, 'cdk-bedrock-haiku:InferenceProfileGrants.notAttached', access);
  }
}
