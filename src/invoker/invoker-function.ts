import { IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { grantTarget } from './guardrail-access';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { streamsAnswers } from './response-streaming';
import { grantVpcAccess } from './vpc-access';
import { handlerCode, nodejs24 } from '../construct/handler-code';
import { keyFor, letUse } from '../construct/key-access';
import { IInvocableModel } from '../targets/invocable-model';

/** A role that may call the target and write to the log group; besides, only what the props ask for. */
export function invokerRole(scope: Construct, target: IInvocableModel, logGroup: ILogGroup, props: HaikuInvokerProps): Role {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  grantTarget(scope, role, target, props.guardrail);
  if (props.vpc) grantVpcAccess(scope, role);
  keyFor('AWS Lambda', 'environmentEncryption', props.environmentEncryption)?.grantDecrypt(role);
  // CDK grants sending to the queue, but not the use of its key.
  const queueKey = props.deadLetterQueue?.encryptionMasterKey;
  if (queueKey) letUse(role, queueKey, 'kms:Decrypt', 'kms:GenerateDataKey');
  return role;
}

/** What the function is made of besides the props. */
export interface InvokerParts {
  readonly target: IInvocableModel;
  readonly role: IRole;
  readonly logGroup: ILogGroup;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
}

/** The function, with the bundle that its props ask for. CDK gives its role what tracing and a dead-letter queue need. */
export function invokerFunction(scope: Construct, parts: InvokerParts, props: HaikuInvokerProps): Function {
  const { target, ...wiring } = parts;
  return new Function(scope, 'Function', {
    ...wiring,
    description: `Calls ${target.model.name}`,
    runtime: nodejs24(),
    architecture: props.architecture ?? Architecture.ARM_64,
    handler: 'index.handler',
    code: handlerCode(scope, bundle(props)),
    loggingFormat: props.loggingFormat ?? LoggingFormat.JSON,
    memorySize: props.memorySize ?? 512,
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
    environmentEncryption: keyFor('AWS Lambda', 'environmentEncryption', props.environmentEncryption),
    tracing: props.tracing,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    deadLetterQueue: props.deadLetterQueue,
  });
}

/** One bundle a use: what a deployment does not use, its function does not load. */
function bundle(props: HaikuInvokerProps): string {
  if (streamsAnswers(props)) return 'invoke-model-stream';
  return props.api === InvokerApi.CONVERSE ? 'invoke-model-converse' : 'invoke-model';
}
