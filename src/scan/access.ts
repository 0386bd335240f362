import { Choice, TIER } from './choices';
import { Policy, Principal } from './principals';
import { decide, Decision } from '../iam/decision';
import { PolicyStatement } from '../iam/policy-document';
import { KeyState, RequestContext } from '../iam/request';
import { matchOf } from '../iam/statement-match';
import { Unknown } from '../private/unknown';
import { InferenceRoute, modelArnsOf, NO_REGION } from '../routing/route';

export const INVOKE = 'bedrock:InvokeModel';
export const STREAM = 'bedrock:InvokeModelWithResponseStream';

/** What is asked for besides the action and the resource. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  /** What `aws:RequestedRegion` holds. */
  readonly region: string;
  /** What `bedrock:InferenceProfileArn` may hold; without one the call is not made through a profile. */
  readonly through?: readonly string[];
  /** The tags of the resource; they are not known if they are left out. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the policies of a principal say to one check. */
export interface Verdict {
  readonly outcome: 'allowed' | 'denied' | 'unknown';
  /** The policy that decides, and the place of its statement in it: the one that allows or denies, or that would have to be known. */
  readonly policy?: Policy;
  readonly statement?: PolicyStatement;
  /** What would have to be known. */
  readonly unknown?: readonly string[];
  /** Whether nothing that can be read allows it, and only something elsewhere may. */
  readonly elsewhere?: boolean;
}

/** The checks that AWS makes for a call: the profile that it names, then the model wherever it may run. */
export interface RouteAccess {
  readonly principal: Principal;
  readonly route: InferenceRoute;
  /** The ARN that the call names. */
  readonly named: string;
  readonly action: string;
  /** The service tier that the policies ask for, if the call passes with no other. */
  readonly tier?: string;
  readonly profile: Verdict;
  readonly models: ReadonlyArray<Verdict & { readonly arn: string; readonly region: string }>;
}

/** A call that is made over a route. */
export interface RouteCall {
  readonly route: InferenceRoute;
  readonly account: string;
  /** The application inference profile that the call names, and its tags. */
  readonly application?: { readonly arn: string; readonly tags: Readonly<Record<string, string>> };
}

/** Keys about who owns a resource: a foundation model is nobody's. */
const OF_OWNERS = ['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths'];

/** Whether a principal may make a call with an action: with the choices that let most of it pass. */
export function routeAccess(principal: Principal, { route, account, application }: RouteCall, action: string): RouteAccess {
  const system = route.inferenceProfileArn(account);
  const named = application?.arn ?? system;
  // AWS does not document whether the key holds the application profile's own ARN or the copied profile's.
  const through = application ? [named, system] : [named];
  const source = route.sourceRegion;
  const regions = route.destinationRegions ?? [source, NO_REGION];
  const reach = modelArnsOf(route._reach).map((arn, index) => ({ arn, region: regions[index] }));
  return best(principal.choices().map((choice) => ({
    principal,
    route,
    named,
    action,
    tier: tierOf(choice),
    profile: verdictOf(principal, { action, resource: named, region: source, tags: application?.tags }, choice),
    models: reach.map(({ arn, region }) => ({ arn, region, ...throughAny(principal, { action, resource: arn, region, through }, choice) })),
  })), ({ profile, models }) => [profile, ...models]);
}

/** What the policies say to one check, with the choices that let it pass. */
export function access(principal: Principal, asked: Asked): Verdict {
  return best(principal.choices().map((choice) => throughAny(principal, asked, choice)), (verdict) => [verdict]);
}

/** Whether a statement is about a check. */
export function isAbout(principal: Principal, statement: PolicyStatement, asked: Asked): boolean {
  return principal.choices().some((choice) => matchOf(statement, { ...asked, context: contextFor(principal, asked, choice) }).matches === 'yes');
}

function tierOf(choice: Choice): string | undefined {
  const state = choice[TIER];
  return Array.isArray(state) && typeof state[0] === 'string' ? state[0] : undefined;
}

function throughAny(principal: Principal, asked: Asked, choice: Choice): Verdict {
  const ways = asked.through?.map((arn) => ({ ...asked, through: [arn] })) ?? [asked];
  return best(ways.map((way) => verdictOf(principal, way, choice)), (verdict) => [verdict]);
}

function verdictOf(principal: Principal, asked: Asked, choice: Choice): Verdict {
  const { policies, boundary, elsewhere } = principal;
  const identity = said(policies, asked, contextFor(principal, asked, choice));
  if (identity.outcome === 'denied') return identity.statement || elsewhere.length === 0 ? identity : { outcome: 'unknown', unknown: elsewhere, elsewhere: true };
  if (boundary === undefined) return identity;
  if (boundary === 'elsewhere') return { ...identity, outcome: 'unknown', unknown: [...identity.unknown ?? [], 'the permissions boundary'] };
  const bound = said([boundary], asked, contextFor(principal, asked, choice));
  return bound.outcome === 'allowed' ? identity : { ...bound, policy: boundary };
}

/**
 * What documents say. A Deny that asks for what a template never tells, such as the network that a call comes from, is taken to be met
 * by those who work with it; one with a gap in its text is not.
 */
function said(policies: readonly Policy[], { action, resource }: Asked, context: RequestContext): Verdict {
  let documents = policies.map(({ document }) => document);
  for (;;) {
    const decision = decide(documents, { action, resource, context });
    if (!isOfSurroundings(decision)) return verdictFrom(decision, policies);
    const { by } = decision;
    const left = documents[by.document].statements.filter((one) => one !== by.statement);
    documents = documents.map((document, index) => index === by.document ? { ...document, statements: left } : document);
  }
}

function isOfSurroundings(decision: Decision): decision is Extract<Decision, { outcome: 'unknown' }> {
  if (decision.outcome !== 'unknown' || decision.by.statement.effect !== 'Deny') return false;
  const keys = decision.by.statement.conditions.flatMap((condition) => Unknown.isUnknown(condition) ? [] : [condition.key]);
  return decision.unknown.every((source) => keys.includes(source));
}

function verdictFrom(decision: Decision, policies: readonly Policy[]): Verdict {
  const { outcome, by } = decision;
  return { outcome, ...by && { policy: policies[by.document], statement: by.statement }, ...outcome === 'unknown' && { unknown: decision.unknown } };
}

function contextFor({ arn, isNamed }: Principal, { region, resource, through, tags }: Asked, choice: Choice): RequestContext {
  return (key) => {
    if (Object.hasOwn(choice, key)) return choice[key];
    if (key.startsWith('aws:resourcetag/')) return tagState(key.slice('aws:resourcetag/'.length), resource, tags);
    switch (key) {
      case 'aws:requestedregion': return [region];
      case 'bedrock:inferenceprofilearn': return through ?? 'absent';
      case 'aws:securetransport': return ['true'];
      // A name that AWS generates is not known before.
      case 'aws:principalarn': return arn === undefined || !isNamed ? 'unknown' : [arn];
      case 'aws:principalaccount': return accountIn(arn);
      // Keys of other services, and those of Bedrock that such calls do not have.
      default: return !key.startsWith('aws:') || (resource.includes(':foundation-model/') && OF_OWNERS.includes(key)) ? 'absent' : 'unknown';
    }
  };
}

/** Only an application inference profile can have tags. */
function tagState(key: string, resource: string, tags: Asked['tags']): KeyState {
  if (!resource.includes(':application-inference-profile/')) return 'absent';
  if (tags === undefined) return 'unknown';
  const value = Object.entries(tags).find(([name]) => name.toLowerCase() === key)?.[1];
  return value === undefined ? 'absent' : [value];
}

function accountIn(arn: string | undefined): KeyState {
  const account = arn?.split(':')[4];
  return account ? [account] : 'unknown';
}

const RANK = { allowed: 0, unknown: 1, denied: 2 };

/** The first of those that let most pass. */
function best<T>(all: readonly T[], verdicts: (one: T) => ReadonlyArray<{ readonly outcome: Verdict['outcome'] }>): T {
  const worth = (one: T) => verdicts(one).reduce((sum, { outcome }) => sum + RANK[outcome], 0);
  return all.reduce((found, next) => worth(next) < worth(found) ? next : found);
}
