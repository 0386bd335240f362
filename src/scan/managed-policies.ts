import { PolicyDocument, readPolicyDocument } from '../iam/policy-document';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/**
 * What AWS's own managed policies say about calls of models, by name. Those that are not here say nothing about them, or it is not
 * known: see `isSilent`.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam-awsmanpol.html
 */
const ABOUT_MODELS: Readonly<Record<string, readonly object[] | undefined>> = {
  AdministratorAccess: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  PowerUserAccess: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  AmazonBedrockFullAccess: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }],
  AmazonBedrockLimitedAccess: [{ Effect: 'Allow', Action: [...INVOKE, 'bedrock:Get*', 'bedrock:List*'], Resource: '*' }],
  BedrockAgentCoreFullAccess: [{ Effect: 'Allow', Action: INVOKE, Resource: ['arn:aws:bedrock:*::foundation-model/*', 'arn:aws:bedrock:*:*:inference-profile/*'] }],
  AmazonBedrockReadOnly: [],
  ReadOnlyAccess: [],
  ViewOnlyAccess: [],
  SecurityAudit: [],
  AWSDenyAll: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
};

/** Names of those that may say something about models, and which nobody here has read. */
const MAY_SPEAK = /bedrock|sagemaker|administrator|datascientist|fullaccess-|amplify|qdeveloper|datazone|supportaccess/i;

/** The document of one of AWS's own managed policies, as far as it speaks of models; nothing if that is not known. */
export function awsManagedPolicy(arn: string): PolicyDocument | undefined {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(?:[\w-]+\/){0,3}([\w+=,.@-]+)$/.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const statements = Object.hasOwn(ABOUT_MODELS, name) ? ABOUT_MODELS[name] : MAY_SPEAK.test(name) ? undefined : [];
  if (statements === undefined) return undefined;
  return statements.length === 0 ? { statements: [], problems: [] } : readPolicyDocument({ Version: '2012-10-17', Statement: statements });
}
