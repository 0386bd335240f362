import { ApplicationProfile, applicationProfiles } from './application-profiles';
import { Call, callersOf, callsOf, JudgedAccess } from './calls';
import { ModelAccess, modelAccess } from './grants';
import { Principal, principalsOf } from './principals';
import { ModelCard } from '../catalog/model-card';
import { Stack } from '../template/stack';

/** An access, and the calls that need it: none where only policies speak of it. */
export interface AccessOfCalls {
  readonly access: JudgedAccess;
  readonly calls: readonly Call[];
}

/** Everything that is known of an assembly before the rules say what is wrong with it. */
export class Judgement {
  public readonly calls: readonly Call[];
  public readonly profiles: readonly ApplicationProfile[];
  /** What principals are granted of the models that their policies name. */
  public readonly grants: readonly ModelAccess[];
  /** The accesses that rules judge, each once: those of calls, and those that policies are for where no call is known. */
  public readonly accesses: readonly AccessOfCalls[];
  private readonly byPrincipal = new Map<Principal, AccessOfCalls[]>();
  private readonly modelsOfRoles = new Map<unknown, Set<ModelCard>>();

  constructor(public readonly stacks: readonly Stack[], public readonly cards: readonly ModelCard[]) {
    const principals = principalsOf(stacks);
    this.profiles = applicationProfiles(stacks, cards);
    this.calls = stacks.flatMap(callersOf).flatMap((caller) => callsOf(caller, { cards, principals, profiles: this.profiles }));
    for (const { caller: { roles }, card } of this.calls) {
      for (const role of roles) this.modelsOfRoles.set(role, (this.modelsOfRoles.get(role) ?? new Set()).add(card));
    }
    this.grants = principals.all.flatMap((principal) => {
      const { region, account } = homeOf(principal);
      return modelAccess(principal, cards, this.profiles, region, account);
    });
    const ofCalls = accessesOf(this.calls);
    ofCalls.forEach((one) => this.keep(one));
    const ofGrants = this.grants.filter(({ principal, card }) => !this.accessesOf(principal, card).some(({ calls }) => calls.length > 0))
      .flatMap(({ routes }) => routes.map((access) => ({ access, calls: [] })));
    ofGrants.forEach((one) => this.keep(one));
    this.accesses = [...ofCalls, ...ofGrants];
  }

  /** Those of one principal to one model. */
  public accessesOf(principal: Principal, card: ModelCard): AccessOfCalls[] {
    return this.byPrincipal.get(principal)?.filter(({ access }) => access.card === card) ?? [];
  }

  /** Whether a call of the model is made by somebody who acts as the principal: then the call is what is told of. */
  public isCalledBy({ arn }: Principal, card: ModelCard): boolean {
    return arn !== undefined && (this.modelsOfRoles.get(arn)?.has(card) ?? false);
  }

  private keep(one: AccessOfCalls): void {
    const { principal } = one.access;
    const known = this.byPrincipal.get(principal);
    if (known) known.push(one);
    else this.byPrincipal.set(principal, [one]);
  }
}

/** Where a principal is written, or the first of its policies. */
function homeOf({ resource, policies }: Principal): { readonly region: string; readonly account: string } {
  return (resource ?? policies.find((policy) => policy.resource)!.resource!).stack.deployment;
}

/** Calls of one principal over the same route through the same profile share their access. */
function accessesOf(calls: readonly Call[]): AccessOfCalls[] {
  const found = new Map<Principal, Map<string, { readonly access: JudgedAccess; readonly calls: Call[] }>>();
  for (const call of calls) {
    if (call.outcome.kind !== 'judged') continue;
    const { access } = call.outcome;
    const key = `${access.main.named} ${access.route._key}`;
    const those = found.get(access.principal) ?? new Map<string, { readonly access: JudgedAccess; readonly calls: Call[] }>();
    const one = those.get(key) ?? { access, calls: [] };
    one.calls.push(call);
    found.set(access.principal, those.set(key, one));
  }
  return [...found.values()].flatMap((those) => [...those.values()]);
}
