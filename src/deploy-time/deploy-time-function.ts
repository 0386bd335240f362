import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ownFunction } from '../construct/own-function';
import type { CustomResourceHandler } from '../contract/custom-resources';

/** After this long CloudFormation gives up on the function, should its answer be lost. */
export const SERVICE_TIMEOUT = Duration.minutes(10);

/** What a function that runs while a stack is deployed may do. */
export interface DeployTimeFunctionProps {
  readonly description: string;
  /** The export of the bundled handlers. */
  readonly handler: CustomResourceHandler;
  /** What it may do, besides writing its log. */
  readonly statements: PolicyStatement[];
  /** The name of its role. Default: CloudFormation generates one. */
  readonly roleName?: string;
}

/** A function that runs only while a stack is deployed: the handler of a custom resource, with its log group and role. */
export class DeployTimeFunction extends Construct {
  /** Its ARN is what the custom resource names as its service token. */
  public readonly lambdaFunction: Function;

  constructor(scope: Construct, id: string, props: DeployTimeFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const { description, handler, statements, roleName } = props;
    this.lambdaFunction = ownFunction(this, {
      description, bundle: 'custom-resources', handler, logGroup, statements, policyName: 'Handler', roleName, timeout: Duration.minutes(5), memorySize: 256,
    }).lambdaFunction;
  }
}
