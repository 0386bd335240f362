import { Stack } from 'aws-cdk-lib/core';
import { Where } from '../kit/deployed';
import { documentsOf, StackPolicy } from '../kit/policies';
import { ACCOUNT } from '../kit/stack';

/** IAM's limits, in characters without white space. */
export const LIMIT = { inline: 10_240, managed: 6_144, user: 2_048 };

/** The policy documents of a stack as IAM would hold them. The attribute of an application profile becomes an ARN of the usual length. */
export function policiesOf(stack: Stack, type: 'AWS::IAM::Policy' | 'AWS::IAM::ManagedPolicy', where: Where): StackPolicy[] {
  const attributes = new Proxy({}, { get: (_, attribute) => applicationArn(String(attribute).split('.')[0], where) });
  return documentsOf(stack, type, { ...where, attributes });
}

export function characters(documents: object[]): number {
  return documents.map((document) => JSON.stringify(document).length).reduce((sum, next) => sum + next, 0);
}

function applicationArn(logicalId: string, { region, account = ACCOUNT }: Where): string {
  const id = logicalId.replace(/[^a-z0-9]/gi, '').slice(0, 12).padEnd(12, '0');
  return `arn:aws:bedrock:${region}:${account}:application-inference-profile/${id}`;
}
