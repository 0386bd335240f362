import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * Gives principals access to a model.
 */
export interface IInvocationGrants {
  /**
   * Everything that is needed to call the model and to stream its answers, and nothing else.
   *
   * Several inference profiles that reach the same models in the same way share the statements on the models. Synthesis fails if the
   * policies of the principal become larger than IAM takes.
   *
   * Warns with the id `cdk-bedrock-haiku:<Class>.notAttached`, such as `cdk-bedrock-haiku:CrossRegionInferenceProfile.notAttached`,
   * and prints the policy to attach by hand, if the principal's policies cannot be changed from this app.
   */
  invoke(grantee: IGrantable): Grant;
}
