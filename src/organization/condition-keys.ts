import { KeyState } from '../iam/request';
import { nearlyOf } from '../private/nearest';

/**
 * The condition keys that any request may have; `tag-key` stands for any key of a tag.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const GLOBAL_KEYS = [
  'PrincipalArn', 'PrincipalAccount', 'PrincipalOrgPaths', 'PrincipalOrgID', 'PrincipalTag/tag-key', 'PrincipalIsAWSService', 'PrincipalServiceName',
  'PrincipalServiceNamesList', 'PrincipalType', 'userid', 'username', 'AssumedRoot', 'FederatedProvider', 'TokenIssueTime', 'SignInSessionArn',
  'MultiFactorAuthAge', 'MultiFactorAuthPresent', 'ChatbotSourceArn', 'Ec2InstanceSourceVpc', 'Ec2InstanceSourcePrivateIPv4', 'SourceIdentity',
  'ViaCustomerDomain', 'SourceIp', 'SourceVpc', 'SourceVpcArn', 'SourceVpce', 'VpceAccount', 'VpceOrgID', 'VpceOrgPaths', 'VpcSourceIp',
  'ResourceAccount', 'ResourceOrgID', 'ResourceOrgPaths', 'ResourceTag/tag-key', 'CalledVia', 'CalledViaFirst', 'CalledViaLast', 'CalledViaAWSMCP',
  'ViaAWSService', 'ViaAWSMCPService', 'CurrentTime', 'EpochTime', 'Referer', 'RequestedRegion', 'RequestTag/tag-key', 'TagKeys', 'SecureTransport',
  'SourceAccount', 'SourceArn', 'SourceOrgID', 'SourceOrgPaths', 'UserAgent', 'IsMcpServiceAction',
].map((name) => `aws:${name}`);

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html */
const BEDROCK_KEYS = [
  'BearerTokenType', 'GuardrailIdentifier', 'InferenceProfileArn', 'InlineAgentName', 'ModelArn', 'ProjectArn', 'PromptRouterArn', 'ServiceTier',
  'ThirdPartyKnowledgeBaseCredentialsSecretArn',
].map((name) => `bedrock:${name}`);

/**
 * Keys of other services that requests to any service may have: they tell where the credentials of a role's session are used.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CROSS_SERVICE_KEYS = [
  'codebuild:BuildArn', 'codebuild:ProjectArn', 'ec2:RoleDelivery', 'ec2:SourceInstanceArn', 'glue:CredentialIssuingService', 'glue:RoleAssumedBy',
  'identitystore:UserId', 'lambda:SourceFunctionArn', 'ssm:SourceInstanceArn',
].map((key) => key.toLowerCase());

/** What begins the keys that federation leaves in a session, besides the names of its providers. */
const OF_A_SESSION = ['saml', 'sts'];

/** How many letters a slip of the pen changes: `aws:RequestRegion`, `bedrock:InferenceProfile`. */
const EDITS = 3;

/** The key that was meant, if one is written that AWS does not have but nearly. Any other may be newer than these lists. */
export function meantKey(key: string): string | undefined {
  const written = key.toLowerCase().replace(/\/.*/s, '/tag-key');
  const known = [...GLOBAL_KEYS, ...BEDROCK_KEYS].filter((one) => one.startsWith(`${written.split(':')[0]}:`));
  const folded = known.map((one) => one.toLowerCase());
  return folded.includes(written) ? undefined : known[folded.indexOf(nearlyOf(written, folded, EDITS) ?? '')];
}

/**
 * What a request to Amazon Bedrock has under a key of which nothing else is known. Keys of other services are never in it.
 *
 * @param key - in lower case
 */
export function stateOfOther(key: string): KeyState {
  const [prefix] = key.split(':');
  const may = ['aws', 'bedrock', ...OF_A_SESSION].includes(prefix) || prefix.includes('.') || CROSS_SERVICE_KEYS.includes(key);
  return may ? 'unknown' : 'absent';
}
