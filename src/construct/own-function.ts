import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, FunctionOptions, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { handlerCode, nodejs24 } from './handler-code';

type Options = 'description' | 'environment' | 'ephemeralStorageSize' | 'memorySize' | 'reservedConcurrentExecutions' | 'timeout';

/** What a function is made of that runs a handler of this package and takes no events of users. */
export interface OwnFunctionProps extends Pick<FunctionOptions, Options> {
  readonly bundle: string;
  /** The export of the bundle. */
  readonly handler: string;
  readonly logGroup: LogGroup;
  /** What its role may do, besides writing its log. */
  readonly statements: PolicyStatement[];
  readonly policyName: string;
  /** Default: CloudFormation generates one. */
  readonly roleName?: string | undefined;
}

/** The function, with a role that may do what the statements say and nothing else. */
export function ownFunction(scope: Construct, props: OwnFunctionProps): { readonly role: Role; readonly lambdaFunction: Function } {
  const { bundle, handler, logGroup, statements, policyName, roleName, ...options } = props;
  const writeLog = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    roleName,
    // Inline: the permissions are there when the function is, and until it is deleted.
    inlinePolicies: { [policyName]: new PolicyDocument({ statements: [...statements, writeLog] }) },
  });
  const lambdaFunction = new Function(scope, 'Function', {
    ...options,
    runtime: nodejs24(),
    architecture: Architecture.ARM_64,
    handler: `index.${handler}`,
    code: handlerCode(scope, bundle),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
  });
  return { role, lambdaFunction };
}
