import type { Call } from './call';
import type { ControlPlane } from './control-plane';
import { page } from './page';
import { Refusal } from './refusal';

/** An organization, from its root down to the account. */
export interface StandInOrganization {
  readonly id: string;
  readonly managementAccount: string;
  /** Whether it has service control policies at all. */
  enabled: boolean;
  /** Each with the IDs of its policies; the root first. */
  readonly path: Array<{ readonly id: string; readonly name: string; readonly policies: string[] }>;
  /** ID -> policy. */
  readonly policies: Record<string, { readonly name: string; readonly content: string }>;
}

export const ORGANIZATION_OPERATIONS: Record<string, (call: Call, plane: ControlPlane) => unknown> = {
  'organizations:DescribeOrganization': (_, plane) => {
    const { id, managementAccount } = organizationOf(plane);
    return { Organization: { Id: id, MasterAccountId: managementAccount, FeatureSet: 'ALL' } };
  },
  'organizations:DescribeAccount': ({ body }, plane) => ({ Account: { Id: body.AccountId, Name: targetOf(plane, body.AccountId).name } }),
  'organizations:DescribeOrganizationalUnit': ({ body }, plane) => ({
    OrganizationalUnit: { Id: body.OrganizationalUnitId, Name: targetOf(plane, body.OrganizationalUnitId).name },
  }),
  'organizations:ListRoots': (_, plane) => {
    const { path: [{ id, name }], enabled } = organizationOf(plane);
    return { Roots: [{ Id: id, Name: name, PolicyTypes: enabled ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [] }] };
  },
  'organizations:ListParents': ({ body }, plane) => {
    const { path } = organizationOf(plane);
    const above = path.indexOf(targetOf(plane, body.ChildId)) - 1;
    return { Parents: [{ Id: path[above].id, Type: above === 0 ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
  },
  'organizations:ListPoliciesForTarget': ({ body }, plane) => {
    if (body.Filter !== 'SERVICE_CONTROL_POLICY') throw new Refusal(400, 'InvalidInputException', 'You specified an invalid value.');
    const { policies } = organizationOf(plane);
    const listed = targetOf(plane, body.TargetId).policies.map((Id) => ({ Id, Name: policies[Id].name, Type: body.Filter }));
    const { items, token } = page(listed, body.NextToken as string | undefined, plane.pageSize);
    return { Policies: items, NextToken: token };
  },
  'organizations:DescribePolicy': ({ body }, plane) => {
    const id = String(body.PolicyId);
    const { name, content } = organizationOf(plane).policies[id];
    return { Policy: { PolicySummary: { Id: id, Name: name }, Content: content } };
  },
};

function organizationOf({ organization }: ControlPlane): StandInOrganization {
  if (organization) return organization;
  throw new Refusal(400, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

function targetOf(plane: ControlPlane, id: unknown): StandInOrganization['path'][number] {
  const found = organizationOf(plane).path.find((target) => target.id === id);
  if (!found) throw new Refusal(400, 'TargetNotFoundException', 'We can\'t find a root, OU, account, or policy with the TargetId that you specified.');
  return found;
}
