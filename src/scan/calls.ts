import { INVOKE, RouteAccess, routeAccess, RouteCall, STREAM, Verdict } from './access';
import { ApplicationProfile } from './application-profiles';
import { bedrockCallers } from './callers/bedrock-resources';
import { Caller, NamedText } from './callers/caller';
import { environmentCallers } from './callers/environment';
import { parameterCallers } from './callers/parameters';
import { requestPathCallers } from './callers/request-paths';
import { scheduleCallers } from './callers/schedules';
import { stateMachineCallers } from './callers/state-machines';
import { ModelReference, readReference } from './model-reference';
import { Principal, Principals } from './principals';
import { ModelCard } from '../catalog/model-card';
import { Unknown } from '../private/unknown';
import { decide } from '../routing/decision';
import { readProfileId } from '../routing/profile-id';
import { InferenceRoute } from '../routing/route';
import { Stack } from '../template/stack';

/** What the policies say to all checks of a call together. */
export interface JudgedAccess {
  readonly principal: Principal;
  readonly card: ModelCard;
  readonly route: InferenceRoute;
  /** By the action with which most of the call passes: whole answers, or streamed ones. */
  readonly main: RouteAccess;
  readonly stream: RouteAccess;
  readonly state: 'complete' | 'refused' | 'unknown';
  /** What would have to be known. */
  readonly unknown: readonly string[];
}

/** What becomes of a call. */
export type Outcome =
  | { readonly kind: 'bare' }
  | { readonly kind: 'unpublished' }
  /** The profile does not serve the Region that the call is sent to. */
  | { readonly kind: 'elsewhere'; readonly source: string; readonly of?: string }
  | { readonly kind: 'broken profile'; readonly profile: ApplicationProfile }
  | { readonly kind: 'unknown'; readonly unknown: readonly string[]; readonly route?: InferenceRoute }
  /** Nobody is known to make it, or it is none of an inference profile: only where it runs is judged. */
  | { readonly kind: 'routed'; readonly route?: InferenceRoute }
  | { readonly kind: 'judged'; readonly access: JudgedAccess };

/** A call of a model of the cards. */
export interface Call {
  readonly caller: Caller;
  readonly name: NamedText;
  readonly card: ModelCard;
  readonly reference: ModelReference;
  readonly application?: ApplicationProfile;
  readonly outcome: Outcome;
}

/** What a call is judged by. */
export interface Surroundings {
  readonly cards: readonly ModelCard[];
  readonly principals: Principals;
  readonly profiles: readonly ApplicationProfile[];
}

const KINDS: ReadonlyArray<(stack: Stack) => Caller[]> = [
  environmentCallers, stateMachineCallers, scheduleCallers, bedrockCallers, requestPathCallers, parameterCallers,
];

/** Everything in a stack that may call a model. */
export function callersOf(stack: Stack): Caller[] {
  return KINDS.flatMap((callers) => callers(stack));
}

/** The calls of a caller that are about models of the cards. */
export function callsOf(caller: Caller, around: Surroundings): Call[] {
  const named = caller.names.flatMap((name) => {
    const reference = readReference(name.value, around.cards);
    const application = reference?.kind === 'application' ? around.profiles.find(({ arn }) => arn === reference.text) : undefined;
    const copied = application?.copied;
    const card = reference && ('card' in reference ? reference.card : copied && 'card' in copied ? copied.card : undefined);
    return reference && card ? [{ name, reference, application, card }] : [];
  });
  const calls = named.filter((one) => isCall(one, caller, named) && !(one.reference.kind === 'model' && callsMantle(one.card, caller, around)))
    .map((one) => ({ caller, ...one, outcome: outcomeOf(one.reference, one.application, caller, around) }));
  return calls.filter((call) => !isForElsewhere(call, calls));
}

/** Where both endpoints take the same ID, the policies tell which one is called. */
function callsMantle({ modelId, mantleModelId }: ModelCard, { roles, certain }: Caller, { principals }: Surroundings): boolean {
  return !certain && modelId === mantleModelId && roles.some((role) => principals.find(role)?.policies.some(({ document }) => document.statements
    .some(({ actions }) => actions.texts.some((action) => typeof action === 'string' && action.startsWith('bedrock-mantle:')))));
}

/** A variable such as `MODEL_ID_US`, beside one that can be called from here: the code chooses by where it runs. */
function isForElsewhere({ caller, name, card, outcome }: Call, calls: readonly Call[]): boolean {
  return !caller.certain && outcome.kind === 'elsewhere' && /(?:^|_)(?:US|EU|AU|JP|IN|GLOBAL)(?:_|$)/i.test(name.path.slice(name.path.lastIndexOf('/') + 1))
    && calls.some((other) => other.card === card && ['judged', 'routed'].includes(other.outcome.kind));
}

interface Named {
  readonly reference: ModelReference;
  readonly card: ModelCard;
}

/** A bare ID may be there for something else, or to be put together with what stands beside it. */
function isCall({ reference, card }: Named, caller: Caller, named: readonly Named[]): boolean {
  if (caller.certain) return true;
  if (reference.kind === 'mantle') return false;
  const isBare = reference.kind === 'model' || (reference.kind === 'unpublished' && reference.id === reference.text && !/^[A-Za-z-]+\.[a-z]+\./.test(reference.id));
  if (!isBare) return true;
  return !caller.completes && !named.some((other) => other.card === card && ['profile', 'application', 'open'].includes(other.reference.kind));
}

/** The best that may become of it: whom a caller acts as and where its calls go is not always certain. */
function outcomeOf(reference: ModelReference, application: ApplicationProfile | undefined, caller: Caller, around: Surroundings): Outcome {
  const roles = caller.roles.length > 0 ? caller.roles : [undefined];
  const all = caller.sources.flatMap((source) => roles.map((role) => outcomeFrom(source, role, reference, application, caller, around)));
  return all.reduce((best, next) => rankOf(next) < rankOf(best) ? next : best);
}

function rankOf(outcome: Outcome): number {
  if (outcome.kind === 'judged') return { complete: 0, unknown: 2, refused: 3 }[outcome.access.state];
  return { 'routed': 1, 'unknown': 2, 'bare': 4, 'unpublished': 4, 'broken profile': 4, 'elsewhere': 4 }[outcome.kind];
}

function outcomeFrom(
  source: unknown, role: unknown, reference: ModelReference, application: ApplicationProfile | undefined, { resource }: Caller,
  { principals }: Surroundings): Outcome {
  if (reference.kind === 'open') return { kind: 'unknown', unknown: reference.text.sources };
  if (reference.kind === 'unpublished') return { kind: 'unpublished' };
  if (typeof source !== 'string') return { kind: 'unknown', unknown: Unknown.isUnknown(source) ? source.sources : ['the Region of the client'] };
  if (reference.kind === 'model' || reference.kind === 'mantle') return reference.card.isInRegionOnRuntime(source) ? { kind: 'routed' } : { kind: 'bare' };
  let call: Omit<RouteCall, 'account'> & Partial<RouteCall>;
  if (reference.kind === 'application') {
    const { way, arn, tags } = application!;
    if ('broken' in way) return { kind: 'broken profile', profile: application! };
    if ('unknown' in way) return { kind: 'unknown', unknown: way.unknown };
    if (reference.region !== source) return { kind: 'elsewhere', source, of: reference.region };
    call = { route: way.route, application: { arn, tags } };
  } else {
    const { card, id, region = source } = reference;
    if (region !== source) return { kind: 'elsewhere', source, of: region };
    const reading = readProfileId(card, id);
    const decision = 'routing' in reading ? decide(card, reading.routing, source) : reading;
    if (!('route' in decision)) return { kind: 'elsewhere', source };
    call = { route: decision.route, account: reference.account };
  }
  if (role === undefined) return { kind: 'routed', route: call.route };
  const principal = principals.find(role);
  if (!principal) return { kind: 'unknown', unknown: [`the role ${Unknown.isUnknown(role) ? role.sources.join(', ') : String(role)}`], route: call.route };
  // A profile that is named by its ID is that of the account of whoever acts.
  return { kind: 'judged', access: judgedAccess(principal, { ...call, account: call.account ?? principal.arn?.split(':')[4] ?? resource.stack.deployment.account }) };
}

/** What the policies of a principal say to a call over a route. */
export function judgedAccess(principal: Principal, call: RouteCall): JudgedAccess {
  const [whole, stream] = [INVOKE, STREAM].map((action) => routeAccess(principal, call, action));
  const main = worth(stream) < worth(whole) ? stream : whole;
  const checks = checksOf(main);
  const denied = checks.some((check) => isDenied(main, check));
  const open = checks.filter(({ outcome }) => outcome === 'unknown');
  return {
    principal,
    card: call.route._card,
    route: call.route,
    main,
    stream,
    state: denied ? 'refused' : open.length > 0 ? 'unknown' : 'complete',
    unknown: [...new Set(open.flatMap(({ unknown = [] }) => unknown))],
  };
}

/** All checks of a call. */
export function checksOf({ profile, models }: RouteAccess): Verdict[] {
  return [profile, ...models];
}

/**
 * Whether a check fails. Policies for somebody elsewhere that grant the profile and a part of the model are meant to be whole; those that
 * grant the one without the other may be a part of more.
 */
export function isDenied({ principal, profile, models }: RouteAccess, check: Verdict): boolean {
  if (check.outcome === 'denied') return true;
  return check.elsewhere === true && principal.resource === undefined && profile.outcome === 'allowed' && models.some(({ outcome }) => outcome === 'allowed');
}

function worth(access: RouteAccess): number {
  return checksOf(access).reduce((sum, { outcome }) => sum + { allowed: 0, unknown: 1, denied: 2 }[outcome], 0);
}
