import type { IamDenial } from '../../../policy/iam-denial';

/** Where the call went. */
export interface Target {
  readonly modelId: string;
  readonly region: string;
  readonly options?: { readonly guardrail?: object };
}

/** What to change where IAM denied a call: which kind of policy decides where, and the action and the resource decide what. */
export function denialAdvice(denial: IamDenial, target: Target): string {
  const what = whatIsDenied(denial, target);
  const { policy, explicit, action } = denial;
  const says = explicit ? 'denies' : 'does not allow';
  switch (policy) {
    case 'service control policy':
      return ofServiceControlPolicy(denial, what, target);
    case 'resource control policy':
      return `Cause: a resource control policy of the organization ${says} ${what}. Change it there; no grant in this account can.`;
    case 'VPC endpoint policy':
      if (explicit) return `Cause: a VPC endpoint policy denies ${what}.`;
      return `Cause: the policy of the VPC endpoint does not allow ${what}. Allow ${action} in the endpoint's policy, on the profile and on the model in each destination Region.`;
    case 'permissions boundary':
      return `Cause: the permissions boundary of the function's role ${says} ${what}. ${explicit ? 'Remove the Deny' : `Allow ${action}`} in the boundary; a grant to the role cannot.`;
    case 'session policy':
      return `Cause: the session policy of these credentials ${says} ${what}. Assume the role without one, or with one that allows ${action}.`;
    case 'resource-based policy':
      return `Cause: the resource policy of ${denial.resource ?? 'the resource'} ${says} ${action}. Let it allow the function's role.`;
    case 'role trust policy':
      return `Cause: the trust policy of ${denial.resource ?? 'the role'} ${says} ${action}. ${explicit ? 'Narrow that Deny, and let it' : 'Let it'} trust the function's role, with the invoker's externalId if it has one.`;
    default:
      return explicit ? `Cause: a policy of this account denies ${what}.` : ofIdentityPolicy(denial, what, target);
  }
}

function ofServiceControlPolicy({ action, explicit }: IamDenial, what: string, { modelId }: Target): string {
  const cause = explicit ? `Cause: a service control policy denies ${what}.` : `Cause: no service control policy allows ${what}.`;
  if (isInvocation(action)) return `${cause} It must allow every destination Region of ${modelId}; one that is denied fails every call.`;
  if (isMarketplace(action)) {
    return `${cause} The account's first call of the model subscribes to it in AWS Marketplace, so the organization must allow aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions in this account.`;
  }
  return `${cause} The organization must allow ${action} in this account.`;
}

/** No policy of the role allows the call, or the message does not say which kind of policy does not. */
function ofIdentityPolicy(denial: IamDenial, what: string, { modelId }: Target): string {
  const { action, resource = 'the resource' } = denial;
  const cause = `Cause: no policy allows ${what}.`;
  if (isInvocation(action) || action === 'bedrock:GetInferenceProfile') {
    return `${cause} Grant the target with its grants.invoke(), which names every destination Region of ${modelId}.`;
  }
  if (isMarketplace(action)) {
    return 'Cause: the account is not subscribed to the model in AWS Marketplace. Have a principal with aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions call the model once; it takes up to 15 minutes to apply.';
  }
  if (action === 'bedrock:ApplyGuardrail') {
    return resource.includes(':guardrail-profile/')
      ? `${cause} Name ${resource} in the guardrailProfileArns of the invoker's guardrail; a guardrail profile has an ARN in each of its destination Regions.`
      : `${cause} Give the guardrail to the invoker's guardrail prop, which lets the role apply it.`;
  }
  if (action.startsWith('kms:')) return `${cause} Allow ${action} on the key to the function's role, in the role's policy or the key's; a guardrail under a customer managed key needs it.`;
  if (action === 'sts:AssumeRole') return ofAssumeRole(denial);
  if (action === 'bedrock-mantle:CreateInference') return `${cause} Use an InRegionInference of that project as target, whose grants.invoke() allows it.`;
  if (action.endsWith(':CallWithBearerToken')) return `${cause} Calls with an API key need it; call with a role's credentials instead, or allow it to the principal of the key.`;
  return `${cause} Allow it to the function's role.`;
}

/** Two policies must allow it. Across accounts IAM often does not say which one does not. */
function ofAssumeRole({ action, resource = 'the role', policy }: IamDenial): string {
  if (policy) return `Cause: no policy of the function's role allows ${action} on ${resource}. Allow it there, as the invoker's assumedRole prop does.`;
  return `Cause: a half is missing, and IAM does not say which. The policy of the function's role must allow ${action} on ${resource}; `
    + 'the trust policy of that role must trust the function\'s role, with the invoker\'s externalId if it has one.';
}

/** The denied call in words: for an invocation where it was to run, since a profile runs it in other Regions too. */
function whatIsDenied({ action, resource }: IamDenial, target: Target): string {
  if (isInvocation(action)) return deniedPlace(target, resource ?? '');
  return resource && resource !== '*' ? `${action} on ${resource}` : action;
}

/** The destination Region that the resource's ARN names, or the source Region. */
function deniedPlace({ region }: Target, resource: string): string {
  const arn = /^arn:[\w-]+:bedrock:([a-z0-9-]*):\d*:[\w-]+\//.exec(resource);
  if (!arn) return `the call in ${region}`;
  if (arn[1] === '') return 'the global destination (aws:RequestedRegion "unspecified")';
  return arn[1] === region ? `the source Region ${region}` : `the destination Region ${arn[1]} (source Region ${region})`;
}

function isInvocation(action: string): boolean {
  return action === 'bedrock:InvokeModel' || action === 'bedrock:InvokeModelWithResponseStream';
}

function isMarketplace(action: string): boolean {
  return action.startsWith('aws-marketplace:');
}
