import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checksOfCall } from './call-checks';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { endpointService } from './vpc-way';
import { boundaryOf, deployedText, policiesOf, ReadPolicy, readPolicy } from '../construct/read-policy';
import { endpointsIn } from '../construct/vpc-calls';
import { decide, Decision } from '../iam/decision';
import { CallCheck } from '../organization/inference-call';
import { shown } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';

/** The calls of a function. */
export interface FunctionCalls {
  readonly target: IInvocableModel;
  /** The function's own role. */
  readonly role: IRole;
  readonly streams: boolean;
}

/** Policies that decide together, and what to do where they refuse. */
interface Layer {
  readonly policies: ReadPolicy[];
  /** Whether the app has all of them, so that what they do not allow is refused. */
  readonly whole: boolean;
  readonly named: (policy: IConstruct) => string;
  readonly remedy: string;
}

/**
 * What would refuse the calls: the role's own policies, its permissions boundary, or the policy of a VPC endpoint, each judged as IAM
 * judges it. What depends on something that is known only later refuses nothing here.
 */
export function refusals(scope: IConstruct, { target, role: own, streams }: FunctionCalls, props: HaikuInvokerProps): string[] {
  if (Token.isUnresolved(target.sourceRegion)) return [];
  const role = props.assumedRole ?? own;
  const layers = layersOf(role, target, props);
  if (layers.length === 0) return [];
  const { account } = role.env;
  const guardrailArn = props.guardrail?._arnFor(scope, target.sourceRegion, account);
  const checks = checksOfCall(scope, target, {
    principalArn: deployedText(scope, role.roleArn),
    account: deployedText(scope, account),
    streams,
    guardrailArn: guardrailArn === undefined ? undefined : deployedText(scope, guardrailArn),
  });
  return layers.flatMap((layer) => {
    const refused = checks.flatMap((check) => {
      const decision = decide(layer.policies.map(({ document }) => document), check);
      return decision.outcome === 'denied' && (decision.by || layer.whole) ? [{ check, decision }] : [];
    });
    const [first] = refused;
    if (!first) return [];
    return [`${scope.node.path} cannot call ${target.node.path}: ${refusalText(layer, first.decision, refused.map(({ check }) => check))} ${layer.remedy}`];
  });
}

function refusalText({ policies, named }: Layer, decision: Decision, checks: CallCheck[]): string {
  const { by } = decision;
  const places = checks.map(({ resource, region }) => `${String(resource)} in ${shown(region)}`);
  const what = `${checks[0].action} on ${places[0]}${places.length > 1 ? `, and ${places.length - 1} more that the call needs` : ''}`;
  const policy = named((by ? policies[by.document] : policies[0]).holder);
  return by ? `statement ${shown(by.statement.sid ?? by.statement.index)} of ${policy} denies ${what}.` : `${policy} does not allow ${what}.`;
}

function layersOf(role: IRole, target: IInvocableModel, { vpc, fipsEndpoint }: HaikuInvokerProps): Layer[] {
  const own = policiesOf(role).filter(({ document }) => mayDeny(document)).map(({ resource, document }) => readPolicy(resource, document));
  const boundary = boundaryOf(role);
  const endpoints = vpc ? endpointsIn(vpc, endpointService(target, fipsEndpoint)).filter(hasPolicy) : [];
  const pathOf = (construct: IConstruct) => (construct.node.id === 'Resource' ? construct.node.scope ?? construct : construct).node.path;
  return [
    ...own.length > 0 ? [{
      policies: own, whole: false, named: (policy: IConstruct) => `the policy ${pathOf(policy)}`, remedy: 'Change the statement, or let the function call with another role.',
    }] : [],
    ...boundary ? [{
      policies: [boundary],
      whole: true,
      named: (policy: IConstruct) => `the permissions boundary ${pathOf(policy)}`,
      remedy: 'Let the boundary allow it: the target\'s grants tell what it needs, as does npx cdk-bedrock-haiku policy.',
    }] : [],
    ...endpoints.map((endpoint) => ({
      policies: [readPolicy(endpoint, endpoint.policyDocument)],
      whole: true,
      named: () => `the policy of the VPC endpoint ${pathOf(endpoint)}`,
      remedy: 'Let the endpoint pass it: targets, callers and guardrailArns of a BedrockVpcEndpoint say what it lets through.',
    })),
  ];
}

/** Without one, everything passes. CDK writes a policy only once something was added to it. */
function hasPolicy(endpoint: CfnVPCEndpoint): boolean {
  return Stack.of(endpoint).resolve(endpoint.policyDocument) !== undefined;
}

/** Most roles have only policies that allow, and to work those out would cost more than all else here. */
function mayDeny(document: unknown): boolean {
  return !(document instanceof PolicyDocument) || JSON.stringify(document).includes('"Deny"');
}
