import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { handlerCode, nodejs24 } from '../construct/handler-code';

/** What a function of work in bulk is made of. */
export interface BulkWorkerProps {
  readonly description: string;
  readonly bundle: 'bulk-queue' | 'bulk-records' | 'bulk-resume';
  /** The export of the bundle. Default: `handler`. */
  readonly handler?: string;
  readonly environment: Record<string, string>;
  /** What its role may do, besides writing its log. */
  readonly statements: PolicyStatement[];
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly logRetention?: RetentionDays;
  readonly ephemeralStorage?: Size;
  readonly reservedConcurrentExecutions?: number;
}

/** A function that does a part of the work in bulk, with its log group and a role that may do that and nothing else. */
export class BulkWorker extends Construct {
  public readonly lambdaFunction: Function;
  public readonly role: Role;

  constructor(scope: Construct, id: string, props: BulkWorkerProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', { retention: props.logRetention ?? RetentionDays.ONE_MONTH });
    const writeLog = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Worker: new PolicyDocument({ statements: [...props.statements, writeLog] }) },
    });
    this.lambdaFunction = new Function(this, 'Function', {
      description: props.description,
      runtime: nodejs24(),
      architecture: Architecture.ARM_64,
      handler: `index.${props.handler ?? 'handler'}`,
      code: handlerCode(this, props.bundle),
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: props.environment,
      timeout: props.timeout,
      memorySize: props.memorySize,
      ephemeralStorageSize: props.ephemeralStorage,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    });
  }
}
