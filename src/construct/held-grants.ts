import { Grant, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Where a principal keeps what it was granted. Its name changes with the form of what is kept, for two copies of this package can meet. */
const HELD = Symbol.for('cdk-bedrock-haiku.heldGrants.1');

/** So many profiles share a statement: more would not leave room for it in a managed policy, which holds 6,144 characters. */
const MOST_PROFILES = 20;

/** The key of the condition that lets a call of the model pass only through a profile. */
const THROUGH = 'bedrock:InferenceProfileArn';

type Holder = IPrincipal & { [HELD]?: HeldGrants };

/** An inference profile that is granted, of a route whose profiles share the statements on the model. */
export interface GrantedProfile {
  /** The same for all profiles that reach the same models in the same way, for a caller of one account. */
  readonly routeKey: string;
  /** What tells it from other profiles of the route; nothing for the system-defined one. */
  readonly applicationArn?: string;
  readonly arn: string;
}

/** The statements of one route in a principal's policy, and the profiles that they name. */
interface SharedStatements {
  readonly grant: Grant;
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

  /** The grant of the profile that the principal has already, or one that could be made to; nothing if there is none. */
  public static grantOf(principal: Holder, profile: GrantedProfile): Grant | undefined {
    return principal[HELD]?.with(profile);
  }

  private readonly routes = new Map<string, SharedStatements[]>();

  private constructor() {}

  /** Keeps a new grant. */
  public keep({ routeKey, applicationArn = '' }: GrantedProfile, grant: Grant): void {
    this.routes.set(routeKey, [...this.routes.get(routeKey) ?? [], { grant, profiles: new Set([applicationArn]) }]);
  }

  private with({ routeKey, applicationArn = '', arn }: GrantedProfile): Grant | undefined {
    const held = this.routes.get(routeKey) ?? [];
    const given = held.find(({ profiles }) => profiles.has(applicationArn));
    if (given) return given.grant;
    const last = held.at(-1);
    // CDK freezes the statements once it has decided how to split the policy. After that, only new ones are counted.
    if (!last || last.profiles.size >= MOST_PROFILES || last.grant.principalStatements.some(({ frozen }) => frozen)) return undefined;
    last.profiles.add(applicationArn);
    for (const statement of last.grant.principalStatements) {
      const through = throughOf(statement);
      if (!through) statement.addResources(arn);
      // The system-defined profile stands in the condition of all its application profiles already.
      else if (applicationArn !== '') statement.addCondition('StringEquals', { [THROUGH]: [...through, arn] });
    }
    return last.grant;
  }
}

/** The profiles through which a statement on the model lets calls pass. The statement on the profiles has none. */
function throughOf({ conditions }: PolicyStatement): string[] | undefined {
  const { [THROUGH]: through } = (conditions as { StringEquals?: Record<string, string | string[]> }).StringEquals ?? {};
  return through === undefined ? undefined : [through].flat();
}
