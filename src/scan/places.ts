import { Verdict } from './access';
import { Call, JudgedAccess } from './calls';
import { Policy } from './principals';
import { PolicyStatement } from '../iam/policy-document';
import { Resource } from '../template/stack';

/** A place of a template: a resource, and where inside it. */
export interface Place {
  readonly resource: Resource;
  readonly path: string;
}

/** Where a statement stands. */
export function statementPlace({ resource, path }: Policy & { readonly resource: Resource }, { index }: PolicyStatement): Place {
  return { resource, path: `${path}/Statement/${index}` };
}

/** Where a call names its model. */
export function callPlace({ caller, name }: Call): Place {
  return { resource: caller.resource, path: name.path };
}

/**
 * Where the policies of a refused check would be changed: at what denies it, else at what allows another part of the same call, else at
 * the principal.
 */
export function policyPlace({ principal, main }: JudgedAccess, refused: readonly Verdict[]): Place {
  for (const { policy, statement } of [...refused, ...main.models, main.profile]) {
    const resource = policy?.resource;
    if (resource) return statement ? statementPlace({ ...policy, resource }, statement) : { resource, path: policy.path };
  }
  const resource = principal.resource ?? principal.policies.find((policy) => policy.resource)!.resource!;
  return { resource, path: 'Properties' };
}
