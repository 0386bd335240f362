import { ApplicationProfile, applicationProfiles } from './application-profiles';
import { Caller } from './callers/caller';
import { Call, callersOf, callsOf, JudgedAccess } from './calls';
import { ModelAccess, modelAccess } from './grants';
import { Principal, principalsOf } from './principals';
import { ModelCard } from '../catalog/model-card';
import { Stack } from '../template/stack';

/** Everything that is known of an assembly before the rules say what is wrong with it. */
export interface Judgement {
  readonly stacks: readonly Stack[];
  readonly callers: readonly Caller[];
  readonly calls: readonly Call[];
  readonly profiles: readonly ApplicationProfile[];
  /** What principals are granted of the models that their policies name. */
  readonly grants: readonly ModelAccess[];
  /** The accesses that rules judge, each once: those of calls, and those that policies are for where no call is known. */
  readonly accesses: readonly AccessOfCalls[];
}

/** An access, and the calls that need it: none where only policies speak of it. */
export interface AccessOfCalls {
  readonly access: JudgedAccess;
  readonly calls: readonly Call[];
}

export function judge(stacks: readonly Stack[], cards: readonly ModelCard[]): Judgement {
  const principals = principalsOf(stacks);
  const profiles = applicationProfiles(stacks, cards);
  const callers = stacks.flatMap(callersOf);
  const calls = callers.flatMap((caller) => callsOf(caller, { cards, principals, profiles }));
  const grants = principals.all.flatMap((principal) => {
    const { region, account } = homeOf(principal);
    return modelAccess(principal, cards, profiles, region, account);
  });
  return { stacks, callers, calls, profiles, grants, accesses: accessesOf(calls, grants) };
}

/** Where a principal is written, or the first of its policies. */
function homeOf({ resource, policies }: Principal): { readonly region: string; readonly account: string } {
  return (resource ?? policies.find((policy) => policy.resource)!.resource!).stack.deployment;
}

function accessesOf(calls: readonly Call[], grants: readonly ModelAccess[]): AccessOfCalls[] {
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
  const ofCalls = [...found.values()].flatMap((those) => [...those.values()]);
  const called = (principal: Principal, card: ModelCard) => ofCalls.some(({ access }) => access.principal === principal && access.card === card);
  const ofGrants = grants.filter(({ principal, card }) => !called(principal, card)).flatMap(({ routes }) => routes.map((access) => ({ access, calls: [] })));
  return [...ofCalls, ...ofGrants];
}
