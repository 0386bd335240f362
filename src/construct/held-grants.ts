import { Grant, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ProfileAccess } from './profile-access';

/** Where a principal keeps what it was granted. Its name changes with the form of what is kept, for two copies of this package can meet. */
const HELD = Symbol.for('cdk-bedrock-haiku.heldGrants.1');

/** So many profiles share a statement: more would not leave room for it in a managed policy, which holds 6,144 characters. */
const MOST_PROFILES = 20;

/** The key of the condition that lets a call of the model pass only through a profile. */
const THROUGH = 'bedrock:InferenceProfileArn';

type Holder = IPrincipal & { [HELD]?: HeldGrants };

/** The statements of one route in a principal's policy, and the profiles that they name. */
interface SharedStatements {
  readonly grant: Grant;
  readonly statements: PolicyStatement[];
  readonly profiles: Set<string>;
}

/**
 * What a principal was granted of each route. The statements on the model are the same for every profile of a route, so that a
 * second profile adds only its name to them.
 */
export class HeldGrants {
  /** Those of a principal. */
  public static of(principal: Holder): HeldGrants {
    // Not enumerable, so that nothing that looks at a principal sees it.
    if (!principal[HELD]) Object.defineProperty(principal, HELD, { value: new HeldGrants() });
    return principal[HELD]!;
  }

  /** Those of a principal, if there are any. */
  public static tryOf(principal: Holder): HeldGrants | undefined {
    return principal[HELD];
  }

  private readonly routes = new Map<string, SharedStatements[]>();

  private constructor() {}

  /** The grant that gives the access already, or that could be made to; nothing if there is none. */
  public with({ key, grantedId, grantedArn, counted }: ProfileAccess): Grant | undefined {
    const held = this.routes.get(key) ?? [];
    const given = held.find(({ profiles }) => profiles.has(grantedId));
    if (given) return given.grant;
    const last = held.at(-1);
    // CDK freezes the statements once it has decided how to split the policy. After that, only new ones are counted.
    if (!last || last.profiles.size >= MOST_PROFILES || last.statements.some(({ frozen }) => frozen)) return undefined;
    const [onProfile, ...onModel] = last.statements;
    onProfile.addResources(grantedArn);
    last.profiles.add(grantedId);
    // The system-defined profile stands in the condition of all its application profiles already.
    if (grantedId !== 'system-defined') for (const statement of onModel) alsoThrough(statement, counted(grantedArn));
    return last.grant;
  }

  /** Keeps a new grant. */
  public keep({ key, grantedId }: ProfileAccess, grant: Grant): void {
    const held = { grant, statements: grant.principalStatements, profiles: new Set([grantedId]) };
    this.routes.set(key, [...this.routes.get(key) ?? [], held]);
  }
}

function alsoThrough(statement: PolicyStatement, arn: string): void {
  const { StringEquals } = statement.conditions as { StringEquals: Record<string, string | string[]> };
  statement.addCondition('StringEquals', { [THROUGH]: [StringEquals[THROUGH], arn].flat() });
}
