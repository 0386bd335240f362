import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { WORK_TABLE } from '../contract/bulk-queue';

/** The table in which workers share a rate and keep what is answered. It goes with its construct, since all in it expires. */
export function workTable(scope: Construct): Table {
  return new Table(scope, 'Table', {
    partitionKey: { name: WORK_TABLE.key, type: AttributeType.STRING },
    timeToLiveAttribute: WORK_TABLE.expires,
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
