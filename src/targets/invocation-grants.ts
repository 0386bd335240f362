import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * Gives principals access to a model.
 */
export interface IInvocationGrants {
  /**
   * Everything that is needed to call the model and to stream its answers, and nothing else.
   */
  invoke(grantee: IGrantable): Grant;
}
