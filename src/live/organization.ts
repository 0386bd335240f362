import {
  DescribeAccountCommand, DescribeOrganizationalUnitCommand, DescribeOrganizationCommand, DescribePolicyCommand, ListParentsCommand,
  ListPoliciesForTargetCommand, ListRootsCommand, OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ask, Asked, pages } from './asked';
import { Asking, Failure, partialAnswer } from './failure';

/** The service control policies that bind an account, as an organization file has them. */
export interface AccountPolicies {
  readonly id: string;
  readonly managementAccount: string;
  /** The root first, the account last. */
  readonly levels: ReadonlyArray<{ readonly name: string; readonly policies: ReadonlyArray<{ readonly name: string; readonly document: unknown }> }>;
}

/** The root, an organizational unit or an account, by its name and its ID, since others may be called the same. */
interface Target {
  readonly id: string;
  readonly name: string;
}

/** AWS takes five units between the root and an account. */
const MOST_LEVELS = 10;

/** What the general advice for a kind of failure does not say. */
const ADVICE: Array<{ said: RegExp; advice: string }> = [
  { said: /AWSOrganizationsNotInUse/, advice: 'The account belongs to no organization, so no service control policy binds it: there is nothing to save.' },
  { said: /PolicyTypeNotEnabled/, advice: 'The organization has not enabled service control policies, so none binds the account: there is nothing to save.' },
  {
    said: /AccessDenied/,
    advice: 'AWS Organizations answers the management account and delegated administrators alone: use credentials of one, allow it this action, '
      + 'and name the account to ask about with --account.',
  },
];

/**
 * The service control policies of an account and of all above it.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html
 */
export async function policiesOfAccount(client: OrganizationsClient, asking: Asking, account: string): Promise<Asked<AccountPolicies>> {
  const reader = new OrganizationReader(client, asking);
  try {
    const organization = await reader.itself();
    const levels = [];
    for (const target of await reader.pathTo(account)) levels.push({ name: target.name, policies: await reader.policiesOf(target) });
    return { value: { ...organization, levels } };
  } catch (error) {
    if (error instanceof Unanswered) return { failure: error.failure };
    throw error;
  }
}

/** A question without an answer, without which the others say nothing. */
class Unanswered extends Error {
  constructor(public readonly failure: Failure) {
    super(failure.message);
  }
}

class OrganizationReader {
  /** Most policies are attached in several places. */
  private readonly documents = new Map<string, unknown>();

  constructor(private readonly client: OrganizationsClient, private readonly asking: Asking) {}

  public async itself(): Promise<{ readonly id: string; readonly managementAccount: string }> {
    return this.answer('DescribeOrganization', async () => {
      const { Organization } = await this.client.send(new DescribeOrganizationCommand({}));
      return { id: there(Organization?.Id, 'the ID of the organization'), managementAccount: there(Organization?.MasterAccountId, 'the management account') };
    });
  }

  public async pathTo(account: string): Promise<Target[]> {
    const path = [await this.answer('DescribeAccount', async () => {
      const { Account } = await this.client.send(new DescribeAccountCommand({ AccountId: account }));
      return named(account, Account?.Name);
    })];
    for (let root = false; !root;) {
      const parent = await this.parentOf(path[0], path.length);
      root = parent.isRoot;
      path.unshift(root ? await this.root(parent.id) : await this.unit(parent.id));
    }
    return path;
  }

  public async policiesOf({ id }: Target): Promise<Array<{ readonly name: string; readonly document: unknown }>> {
    const listed = await this.answer('ListPoliciesForTarget', async () => pages(
      (NextToken) => this.client.send(new ListPoliciesForTargetCommand({ TargetId: id, Filter: 'SERVICE_CONTROL_POLICY', NextToken })),
      (page) => page.NextToken, (page) => page.Policies));
    const policies = [];
    for (const { Id, Name } of listed) policies.push({ name: Name ?? String(Id), document: await this.document(String(Id)) });
    return policies;
  }

  private async parentOf({ id }: Target, below: number): Promise<{ readonly id: string; readonly isRoot: boolean }> {
    return this.answer('ListParents', async () => {
      if (below > MOST_LEVELS) throw partialAnswer('a root');
      const [parent] = await pages(
        (NextToken) => this.client.send(new ListParentsCommand({ ChildId: id, NextToken })), (page) => page.NextToken, (page) => page.Parents);
      return { id: there(parent?.Id, 'a parent'), isRoot: parent.Type === 'ROOT' };
    });
  }

  private async unit(id: string): Promise<Target> {
    return this.answer('DescribeOrganizationalUnit', async () => {
      const { OrganizationalUnit } = await this.client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id }));
      return named(id, OrganizationalUnit?.Name);
    });
  }

  private async root(id: string): Promise<Target> {
    return this.answer('ListRoots', async () => {
      const roots = await pages((NextToken) => this.client.send(new ListRootsCommand({ NextToken })), (page) => page.NextToken, (page) => page.Roots);
      const root = roots.find((one) => one.Id === id);
      if (!root?.PolicyTypes?.some(({ Type, Status }) => Type === 'SERVICE_CONTROL_POLICY' && Status === 'ENABLED')) {
        throw Object.assign(new Error('the root has no service control policies'), { name: 'PolicyTypeNotEnabledException' });
      }
      return named(id, root.Name);
    });
  }

  private async document(id: string): Promise<unknown> {
    if (!this.documents.has(id)) {
      this.documents.set(id, await this.answer('DescribePolicy', async () => {
        const { Policy } = await this.client.send(new DescribePolicyCommand({ PolicyId: id }));
        // Read here: in a text, its line breaks would be escaped with all that a terminal obeys.
        return jsonOf(Policy?.Content);
      }));
    }
    return this.documents.get(id);
  }

  private async answer<T>(operation: string, send: () => Promise<T>): Promise<T> {
    const { value, failure } = await ask(`organizations:${operation}`, this.asking, send);
    if (!failure) return value as T;
    throw new Unanswered({ ...failure, advice: ADVICE.find(({ said }) => said.test(failure.message))?.advice ?? failure.advice });
  }
}

function named(id: string, name: string | undefined): Target {
  return { id, name: `${there(name, 'a name')} (${id})` };
}

function there(value: string | undefined, lacks: string): string {
  if (!value) throw partialAnswer(lacks);
  return value;
}

function jsonOf(content: string | undefined): unknown {
  try {
    return JSON.parse(content ?? '');
  } catch {
    throw partialAnswer('the JSON of the policy');
  }
}
