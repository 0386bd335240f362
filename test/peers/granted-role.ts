import { CfnElement, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IInvocableModel } from '../../src';
import { PolicyDocument, PolicySimulator } from '../iam/policy-simulator';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';

/** A role of a stack in a Region, granted a model: what a user of any of the peers writes. */
export interface GrantedRole {
  readonly stack: Stack;
  readonly policies: PolicyDocument[];
  readonly iam: PolicySimulator;
}

export const APPLICATION_PROFILE_ID = 'a1b2c3';

/** Grants what `make` makes to a new role, and reads the role's policies back from the template. */
export function grantedRole(region: string, make: (stack: Stack) => IInvocableModel): GrantedRole {
  const stack = stackIn(region);
  const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal(ACCOUNT) });
  make(stack).grants.invoke(role);
  const policies = policiesOf(role, region);
  return { stack, policies, iam: new PolicySimulator(...policies) };
}

export function policiesOf(role: IConstruct, region: string): PolicyDocument[] {
  const stack = Stack.of(role);
  const profiles = stack.node.findAll().filter((construct): construct is CfnElement =>
    (construct as { cfnResourceType?: string }).cfnResourceType === 'AWS::Bedrock::ApplicationInferenceProfile');
  const attributes = Object.fromEntries(profiles.map((profile) => [`${stack.resolve(profile.logicalId)}.InferenceProfileArn`, applicationProfileArn(region)]));
  return rolePolicies(stack, stack.resolve((role.node.defaultChild as CfnElement).logicalId), { account: ACCOUNT, region, attributes });
}

export function applicationProfileArn(region: string): string {
  return `arn:aws:bedrock:${region}:${ACCOUNT}:application-inference-profile/${APPLICATION_PROFILE_ID}`;
}
