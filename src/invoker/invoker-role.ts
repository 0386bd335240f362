import { Effect, IPrincipal, IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { grantVerdicts } from './escalation-plan';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { grantSystemPrompt } from './system-prompt-source';
import { grantTarget, grantThrough, modelsOf } from './target-access';
import { grantTraffic } from './traffic-access';
import { assumeStatement, grantedRole, nameToTrust } from '../construct/assumed-role';
import { keyFor, letUse } from '../construct/key-access';
import { keepsStatements, UnattachedPolicy } from '../construct/unattached-policy';
import { IInvocableModel } from '../targets/invocable-model';

const CHANGE_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];
const DESCRIBE = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];

/** A role that may call the target, itself or by way of the assumed role, and write to the log group; besides, only what the props ask for. */
export function invokerRole(scope: Construct, target: IInvocableModel, logGroup: ILogGroup, props: HaikuInvokerProps, shadowArn?: string): IRole {
  const roleName = props.assumedRole && !props.role ? nameToTrust(scope, props.assumedRole) : undefined;
  const role = props.role ?? new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), roleName });
  logGroup.grantWrite(role);
  if (keepsStatements(role)) {
    grantRest(scope, role, target, props, shadowArn);
  } else {
    const policy = new UnattachedPolicy(role);
    logGroup.grantWrite(policy);
    grantRest(scope, policy, target, props, shadowArn);
    policy.add(...addedByFunction(props));
    warnNotAttached(scope, policy, props.onFailure || props.onSuccess ? ' Let it also send to the destinations of onFailure and onSuccess.' : '');
  }
  if (props.assumedRole) {
    const assumedRole = grantedRole(scope, props.assumedRole);
    grantThrough(scope, { functionRole: role, roleName, assumedRole }, modelsOf(target, props), props);
  }
  return role;
}

/** Gives a role one more statement. */
export function addToRolePolicy(scope: IConstruct, role: IRole, statement: PolicyStatement): void {
  role.addToPrincipalPolicy(statement);
  if (keepsStatements(role)) return;
  const policy = new UnattachedPolicy(role);
  policy.add(statement);
  warnNotAttached(scope, policy);
}

function warnNotAttached(scope: IConstruct, policy: UnattachedPolicy, more = ''): void {
  policy.warn(scope, 'HaikuInvoker.notAttached', `The function's role ${policy.role.node.path} gets nothing: this app cannot change its policies.${more}`);
}

function grantRest(scope: IConstruct, role: IPrincipal, target: IInvocableModel, props: HaikuInvokerProps, shadowArn?: string): void {
  if (props.assumedRole) role.addToPrincipalPolicy(assumeStatement(props.assumedRole));
  else for (const model of modelsOf(target, props)) grantTarget(scope, role, model, props.guardrail);
  if (props.escalation) grantVerdicts(role, props.escalation);
  grantTraffic(role, props, shadowArn);
  if (props.systemPromptSource) grantSystemPrompt(scope, role, props.systemPromptSource);
  if (props.vpc) grantVpcAccess(scope, role);
  keyFor('AWS Lambda', 'environmentEncryption', props.environmentEncryption)?.grantDecrypt(role);
  // CDK grants sending to the queue, but not the use of its key.
  const queueKey = props.deadLetterQueue?.encryptionMasterKey;
  if (queueKey) letUse(role, queueKey, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** What CDK's function gives its role by itself. */
function addedByFunction({ deadLetterQueue, tracing = Tracing.DISABLED }: HaikuInvokerProps): PolicyStatement[] {
  return [
    ...deadLetterQueue ? [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.queueArn] })] : [],
    ...tracing === Tracing.DISABLED ? [] : [new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] })],
  ];
}

/**
 * What Lambda needs of the function's role to connect it to a VPC. The function's own code may not use it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
function grantVpcAccess(scope: IConstruct, role: IPrincipal): void {
  const stack = Stack.of(scope);
  // Lambda's guide names this ARN as the narrowest: a function loses its VPC when deletion is allowed for fewer resources.
  const anyOfAccount = stack.formatArn({ service: 'ec2', resource: '*', resourceName: '*' });
  const anyFunction = stack.formatArn({ service: 'lambda', resource: 'function', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  role.addToPrincipalPolicy(new PolicyStatement({ actions: CHANGE_INTERFACES, resources: [anyOfAccount] }));
  // EC2 has no resource-level permissions for its Describe actions.
  role.addToPrincipalPolicy(new PolicyStatement({ actions: DESCRIBE, resources: ['*'] }));
  // Requests of the function's code carry the function's ARN, those of Lambda itself do not. The function's own name is not known yet.
  role.addToPrincipalPolicy(new PolicyStatement({
    effect: Effect.DENY,
    actions: [...CHANGE_INTERFACES, ...DESCRIBE],
    resources: ['*'],
    conditions: { ArnLike: { 'lambda:SourceFunctionArn': anyFunction } },
  }));
}
