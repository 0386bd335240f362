import { createHash } from 'crypto';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { CfnElement, CustomResource, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DeployTimeFunction, SERVICE_TIMEOUT } from './deploy-time-function';
import { checkPreflightProps, HaikuPreflightProps, PreflightAction } from './haiku-preflight-props';
import { letAsk, preflightStatements } from './preflight-statements';
import { assumeStatement, checkAssumption, grantedRole, nameToTrust } from '../construct/assumed-role';
import { reportableArn } from '../construct/policy-report';
import type { PreflightProperties } from '../contract/custom-resources';
import { checkedProfile } from '../targets/checked-target';
import { CrossRegionInferenceProfile, ICrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { callerAccount } from '../targets/model-grants';

/**
 * Asks AWS while the stack is deployed whether the account can call the model from here, and fails the deployment with the answer.
 *
 * Creates a custom resource with its function, log group and role; the role may only ask. Let what calls the model depend on it:
 * `invoker.node.addDependency(preflight)`. A change makes a new custom resource, so that a rollback asks nothing.
 *
 * Throws if a prop is not what it takes, for example an application inference profile as `target`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
 */
export class HaikuPreflight extends Construct {
  /** The profile that is asked about. */
  public readonly target: ICrossRegionInferenceProfile;
  /** What was found, known when the stack is deployed: `in order`, or what to know and do. */
  public readonly report: string;
  /** The function that asks, for what no prop says, such as a proxy. Each preflight has its own, with a role that may ask about its profile only. */
  public readonly lambdaFunction: Function;

  constructor(scope: Construct, id: string, props: HaikuPreflightProps = {}) {
    super(scope, id);
    checkPreflightProps(props);
    checkAssumption(this, props);
    const { assumedRole } = props;
    const target = props.target === undefined ? new CrossRegionInferenceProfile(this, 'Target') : checkedProfile('target', props.target);
    this.target = target;
    const asks = (inferenceProfileArn: string) => preflightStatements({
      inferenceProfileArn,
      acceptAgreement: props.acceptAgreement ?? false,
      submitUseCaseForm: props.useCaseForm !== undefined,
      marketplaceProductId: target.model.marketplaceProductId,
    });
    const roleName = assumedRole && nameToTrust(this, assumedRole);
    this.lambdaFunction = new DeployTimeFunction(this, 'Handler', {
      description: `Asks whether ${target.model.name} can be called`,
      handler: 'preflight',
      statements: assumedRole ? [] : asks(reportableArn(this, target.inferenceProfileArn)),
      roleName,
    }).lambdaFunction;
    const properties = this.properties(props);
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: this.lambdaFunction.functionArn,
      resourceType: 'Custom::HaikuPreflight',
      serviceTimeout: SERVICE_TIMEOUT,
      properties: { ...properties },
    });
    if (assumedRole) {
      const { externalId } = props;
      const account = callerAccount(assumedRole) ?? Stack.of(this).account;
      const roles = { functionRole: this.lambdaFunction.role!, roleName, assumedRole: grantedRole(this, assumedRole), externalId };
      // Not in the role itself: the two roles would refer to each other.
      roles.functionRole.addToPrincipalPolicy(assumeStatement(assumedRole));
      resource.node.addDependency(...letAsk(this, roles, asks(target._route.inferenceProfileArn(account))));
    }
    // CloudFormation then creates a new one and deletes the old, and never updates one back during a rollback.
    const element = resource.node.defaultChild as CfnElement;
    const stem = Stack.of(this).getLogicalId(element);
    element.overrideLogicalId(Lazy.uncachedString({
      produce: () => stem + createHash('sha256').update(JSON.stringify(Stack.of(this).resolve(properties))).digest('hex').slice(0, 8),
    }));
    this.report = resource.getAttString('Report');
  }

  private properties(props: HaikuPreflightProps): PreflightProperties {
    const { model, inferenceOption, inferenceProfileId, sourceRegion, destinationRegions } = this.target;
    return {
      ModelId: model.modelId,
      InferenceProfileId: inferenceProfileId,
      SourceRegion: sourceRegion,
      DestinationRegions: destinationRegions,
      // Without a code nobody can ask for a quota.
      Quotas: model.quotasOf(inferenceOption).flatMap(({ code, name, adjustable }) =>
        code === undefined ? [] : [{ Code: code, Name: name, Adjustable: String(adjustable !== false) }]),
      MarketplaceProductId: model.marketplaceProductId,
      OnDrift: props.onDrift ?? PreflightAction.FAIL,
      OnMissingAccess: props.onMissingAccess ?? PreflightAction.FAIL,
      OnUnchecked: props.onUnchecked ?? PreflightAction.WARN,
      AcceptAgreement: props.acceptAgreement ? 'true' : undefined,
      UseCaseForm: props.useCaseForm && { ...props.useCaseForm },
      AssumedRoleArn: props.assumedRole?.roleArn,
      ExternalId: props.externalId,
      RunAgain: props.runAgain,
    };
  }
}
