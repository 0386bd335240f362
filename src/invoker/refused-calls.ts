import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checksOfCall } from './call-checks';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { endpointService } from './vpc-way';
import { boundaryOf, deployedText, NamedPolicy, policiesOf, readPolicy } from '../construct/read-policy';
import { endpointsIn } from '../construct/vpc-calls';
import { decide, Decision } from '../iam/decision';
import { CallCheck } from '../organization/inference-call';
import { ServiceControlPolicies } from '../organization/service-control-policies';
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
  readonly policies: readonly NamedPolicy[];
  /** What refuses what none of them allows, if the app has all of them. */
  readonly whole?: string;
  readonly remedy: string;
}

/**
 * What would refuse the calls: the role's own policies, its permissions boundary, the policy of a VPC endpoint, or a level of the organization,
 * each judged as IAM judges it. What depends on something that is known only later refuses nothing here.
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
      return decision.outcome === 'denied' && (decision.by || layer.whole !== undefined) ? [{ check, decision }] : [];
    });
    const [first] = refused;
    if (!first) return [];
    return [`${scope.node.path} cannot call ${target.node.path}: ${refusalText(layer, first.decision, refused.map(({ check }) => check))} ${layer.remedy}`];
  });
}

function refusalText({ policies, whole }: Layer, { by }: Decision, checks: CallCheck[]): string {
  const places = checks.map(({ resource, region }) => `${String(resource)} in ${shown(region)}`);
  const what = `${checks[0].action} on ${places[0]}${places.length > 1 ? `, and ${places.length - 1} more that the call needs` : ''}`;
  return by ? `statement ${shown(by.statement.sid ?? by.statement.index)} of ${policies[by.document].name} denies ${what}.` : `${whole} does not allow ${what}.`;
}

function layersOf(role: IRole, target: IInvocableModel, { vpc, fipsEndpoint }: HaikuInvokerProps): Layer[] {
  const own = policiesOf(role).filter(({ document }) => mayDeny(document)).map(({ resource, document }) => readPolicy('policy', resource, document));
  const boundary = boundaryOf(role);
  const endpoints = vpc ? endpointsIn(vpc, endpointService(target, fipsEndpoint)).filter(hasPolicy) : [];
  return [
    ...own.length > 0 ? [{ policies: own, remedy: 'Change the statement, or let the function call with another role.' }] : [],
    ...boundary ? [{
      policies: [boundary], whole: boundary.name, remedy: 'Let the boundary allow it: the target\'s grants tell what it needs, as does npx cdk-bedrock-haiku policy.',
    }] : [],
    ...endpoints.map((endpoint) => {
      const policy = readPolicy('policy of the VPC endpoint', endpoint, endpoint.policyDocument);
      const remedy = 'Let the endpoint pass it: targets, callers and guardrailArns of a BedrockVpcEndpoint say what it lets through.';
      return { policies: [policy], whole: policy.name, remedy };
    }),
    ...organizationLayers(role, target),
  ];
}

/** The levels of the organization, each of which must allow the calls. The management account is bound by none. */
function organizationLayers({ env: { account } }: IRole, target: IInvocableModel): Layer[] {
  const { managementAccount, levels } = ServiceControlPolicies._own(target._serviceControlPolicies)?._organization ?? { levels: [] };
  if (managementAccount === account) return [];
  return levels.map(({ name: level, policies }) => ({
    policies: policies.map(({ name, document }) => ({ name: `the service control policy ${shown(name)} at ${shown(level)}`, document })),
    whole: `the level ${shown(level)} of the organization`,
    remedy: 'Change that policy, or call with a role that it spares.',
  }));
}

/** Without one, everything passes. CDK writes a policy only once something was added to it. */
function hasPolicy(endpoint: CfnVPCEndpoint): boolean {
  return Stack.of(endpoint).resolve(endpoint.policyDocument) !== undefined;
}

/** Most roles have only policies that allow, and to work those out would cost more than all else here. */
function mayDeny(document: unknown): boolean {
  return !(document instanceof PolicyDocument) || JSON.stringify(document).includes('"Deny"');
}
