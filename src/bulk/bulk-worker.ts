import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ownFunction } from '../construct/own-function';

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
    const { logRetention = RetentionDays.ONE_MONTH, ephemeralStorage: ephemeralStorageSize, handler = 'handler', ...own } = props;
    const logGroup = new LogGroup(this, 'LogGroup', { retention: logRetention });
    ({ role: this.role, lambdaFunction: this.lambdaFunction } = ownFunction(this, { ...own, handler, ephemeralStorageSize, logGroup, policyName: 'Worker' }));
  }
}
