import { CfnManagedPolicy, IRole, Role } from 'aws-cdk-lib/aws-iam';
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { InlinePolicies, InlinePolicy } from './inline-policies';
import { tablesOf } from './region-mapping';
import { ResolvedResource, typeOf } from './resolved-resource';
import { Text } from '../iam/pattern';
import { PolicyDocument, readPolicyDocument } from '../iam/policy-document';
import { Unknown } from '../private/unknown';
import { DeployedTemplate } from '../template/deployed-template';

/** A policy, and what messages call it. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** A policy of a resource as it will be deployed. What is known only then is a gap, the same wherever its stack speaks of it. */
export function readPolicy(kind: string, resource: IConstruct, document: unknown): NamedPolicy {
  const { path } = (resource.node.id === 'Resource' ? resource.node.scope ?? resource : resource).node;
  return { name: `the ${kind} ${path}`, document: readPolicyDocument(deployedValue(Stack.of(resource), document)) };
}

/** A text as the stack of a construct deploys it. */
export function deployedText(scope: IConstruct, text: string): Text {
  return deployedValue(Stack.of(scope), text) as Text;
}

/** The policies that the app gives to a role, those that it makes for it alone and those that it shares. */
export function policiesOf(role: IRole): InlinePolicy[] {
  const inline = InlinePolicies.of(role).policiesOf(role);
  const made = roleOf(role);
  if (!made) return inline;
  const listed = managedIn(made, 'ManagedPolicyArns');
  const attached = role.node.root.node.findAll().filter(isManagedPolicy).filter((policy) => ResolvedResource.of(policy).referred('Roles').includes(made));
  return [...inline, ...[...new Set([...listed, ...attached])].map((resource) => ({ resource, document: resource.policyDocument as unknown }))];
}

/** The permissions boundary of a role, if the app makes both. */
export function boundaryOf(role: IRole): NamedPolicy | undefined {
  const made = roleOf(role);
  const [boundary] = made ? managedIn(made, 'PermissionsBoundary') : [];
  return boundary && readPolicy('permissions boundary', boundary, boundary.policyDocument);
}

function roleOf(role: IRole): CfnResource | undefined {
  const made = Role.isRole(role) ? role.node.defaultChild : undefined;
  return made && CfnResource.isCfnResource(made) ? made : undefined;
}

function managedIn(role: CfnResource, property: string): CfnManagedPolicy[] {
  return ResolvedResource.of(role).referred(property).filter(isManagedPolicy);
}

function isManagedPolicy(construct: IConstruct): construct is CfnManagedPolicy {
  return CfnResource.isCfnResource(construct) && typeOf(construct) === 'AWS::IAM::ManagedPolicy';
}

function deployedValue(stack: Stack, value: unknown): unknown {
  const known = (text: string) => Token.isUnresolved(text) ? undefined : text;
  const deployment = { region: known(stack.region), account: known(stack.account), supply: gapOf };
  return new DeployedTemplate({ Mappings: Object.fromEntries(tablesOf(stack)) }, deployment).value(stack.resolve(value));

  function gapOf(name: string, argument: unknown): Unknown {
    return Unknown.of(`${name} ${JSON.stringify(argument)} of ${stack.node.path}`);
  }
}
