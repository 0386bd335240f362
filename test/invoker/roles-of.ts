import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { PolicySimulator, PolicyStatement } from '../iam/policy-simulator';
import { deployed, templateOf } from '../kit/deployed';
import { ACCOUNT } from '../kit/stack';

const REGION = 'us-east-1';
export const CENTRAL = 'arn:aws:iam::444455556666:role/model-access';

/** A role of a stack of its own, or of the given one. */
export function roleIn(stack: Stack, props: { readonly roleName?: string } = {}): Role {
  return new Role(stack, 'Central', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), ...props });
}

export interface Roles {
  /** Of each role by its name or the logical ID: what it may do. */
  readonly may: Record<string, PolicySimulator>;
  readonly trusts: Record<string, PolicyStatement[]>;
  readonly names: Record<string, unknown>;
}

/** The roles of a stack as IAM would have them. */
export function rolesOf(stack: Stack): Roles {
  const template = templateOf(stack);
  const account = stack.account.startsWith('$') ? ACCOUNT : stack.account;
  const at = (value: unknown) => deployed(template, value, { region: REGION, account });
  const resources = Object.entries(template.Resources);
  const roles = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  const policies = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Policy');
  const isOf = (id: string, held: unknown) => (held as { Ref: string }[]).some(({ Ref }) => Ref === id);
  const policiesOf = (id: string) => policies.filter(([, { Properties: { Roles: held } }]) => isOf(id, held))
    .map(([, { Properties }]) => at(Properties.PolicyDocument) as never);
  return {
    may: Object.fromEntries(roles.map(([id]) => [id, new PolicySimulator(...policiesOf(id))])),
    trusts: Object.fromEntries(roles.map(([id, { Properties: { AssumeRolePolicyDocument: trust } }]) =>
      [id, (at(trust) as { Statement: PolicyStatement[] }).Statement])),
    names: Object.fromEntries(roles.map(([id, { Properties }]) => [id, at(Properties.RoleName)])),
  };
}

/** Whether a trust policy lets a role of an account in. */
export function letsIn(trust: PolicyStatement[], role: string, externalId?: string): boolean {
  const [, account] = /::(\d+):role/.exec(role)!;
  const ours = (trust as Array<PolicyStatement & { Principal: { AWS?: string } }>)
    .filter(({ Principal }) => Principal.AWS === `arn:aws:iam::${account}:root`).map(({ Principal, ...statement }) => ({ ...statement, Resource: '*' }));
  return new PolicySimulator({ Statement: ours }).allows({
    action: 'sts:AssumeRole', resource: '*', context: { 'aws:PrincipalArn': role, 'sts:ExternalId': externalId },
  });
}
