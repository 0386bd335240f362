import { Grant, IGrantable, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrl, IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkedGrantee } from '../construct/checked-props';
import { keepsStatements, UnattachedPolicy } from '../construct/unattached-policy';
import { HaikuError } from '../private/errors';

/**
 * Gives principals access to the function of a HaikuInvoker.
 *
 * Warns with the id `cdk-bedrock-haiku:HaikuInvokerGrants.notAttached`, and prints the policy to attach by hand, if the policies of
 * the principal cannot be changed from this app.
 */
export class HaikuInvokerGrants {
  /** @internal */
  public static _of(invoker: IConstruct, invoked: IFunction, functionUrl?: FunctionUrl): HaikuInvokerGrants {
    return new HaikuInvokerGrants(invoker, invoked, functionUrl);
  }

  private constructor(
    /** @internal */
    public readonly _invoker: IConstruct,
    /** @internal */
    public readonly _invoked: IFunction,
    /** @internal */
    public readonly _functionUrl?: FunctionUrl,
  ) {}

  /** Lets a principal invoke the function, through its alias if there is one. */
  public invoke(grantee: IGrantable): Grant {
    const grant = this._invoked.grantInvoke(checkedGrantee(grantee));
    warnIfDropped(this._invoker, grantee, grant.principalStatements);
    return grant;
  }

  /**
   * Lets a principal call the function URL.
   *
   * Throws if there is no function URL.
   */
  public invokeUrl(grantee: IGrantable): Grant {
    if (!this._functionUrl) {
      throw new HaikuError(
        `${this._invoker.node.path} has no function URL to grant access to. Pass InvokerFunctionUrl.buffered() or InvokerFunctionUrl.streaming() as functionUrl.`);
    }
    const grant = this._functionUrl.grantInvokeUrl(checkedGrantee(grantee));
    // CDK tells of the last statement only.
    warnIfDropped(this._invoker, grantee, urlStatements(this._invoked));
    return grant;
  }
}

function warnIfDropped(scope: IConstruct, { grantPrincipal }: IGrantable, statements: PolicyStatement[]): void {
  if (keepsStatements(grantPrincipal)) return;
  const policy = new UnattachedPolicy(grantPrincipal as IPrincipal & IConstruct);
  policy.add(...statements);
  policy.warn(scope, 'HaikuInvokerGrants.notAttached', `The grant to ${grantPrincipal} has no effect: this app cannot change that principal's policies.`);
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function urlStatements({ functionArn }: IFunction): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['lambda:InvokeFunctionUrl'], resources: [functionArn], conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
    }),
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn], conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } }),
  ];
}
