import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { deployed, Deployment } from '../iam/synthesized-policies';

/** IAM's limits, in characters without white space. */
export const LIMIT = { inline: 10_240, managed: 6_144, user: 2_048 };

interface Statement { readonly Resource: string | string[]; readonly Condition?: unknown }

/** The policy documents of a stack as IAM would hold them. The attribute of an application profile becomes an ARN of the usual length. */
export function policiesOf(stack: Stack, type: 'AWS::IAM::Policy' | 'AWS::IAM::ManagedPolicy', where: Omit<Deployment, 'attributes'>): Array<{ Statement: Statement[] }> {
  const template = Template.fromStack(stack).toJSON();
  const resources: Array<{ Type: string; Properties: { PolicyDocument: unknown } }> = Object.values(template.Resources);
  const attributes = new Proxy({}, { get: (_, attribute) => applicationArn(String(attribute).split('.')[0], where) });
  return resources.filter(({ Type }) => Type === type)
    .map(({ Properties }) => deployed(template, Properties.PolicyDocument, { ...where, attributes }) as { Statement: Statement[] });
}

export function characters(documents: object[]): number {
  return documents.map((document) => JSON.stringify(document).length).reduce((sum, next) => sum + next, 0);
}

function applicationArn(logicalId: string, { region, account }: { region: string; account: string }): string {
  const id = logicalId.replace(/[^a-z0-9]/gi, '').slice(0, 12).padEnd(12, '0');
  return `arn:aws:bedrock:${region}:${account}:application-inference-profile/${id}`;
}
