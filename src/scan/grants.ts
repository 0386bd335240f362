import { access, INVOKE, isAbout, STREAM } from './access';
import { ApplicationProfile } from './application-profiles';
import { JudgedAccess, judgedAccess } from './calls';
import { readReference, stemOf } from './model-reference';
import { Policy, Principal } from './principals';
import { ModelCard } from '../catalog/model-card';
import { matches, patternOf, Text } from '../iam/pattern';
import { PolicyStatement } from '../iam/policy-document';
import { foundationModelArn, inferenceProfileArn } from '../routing/arn';
import { decide } from '../routing/decision';
import { partitionOf } from '../routing/partition';
import { readProfileId } from '../routing/profile-id';
import { InferenceRoute, NO_REGION } from '../routing/route';
import { Resource } from '../template/stack';

/** A resource of an Allow that names one model of the cards, in one Region or in many. */
export interface ModelGrant {
  readonly policy: Policy & { readonly resource: Resource };
  readonly statement: PolicyStatement;
  readonly arn: string;
  /** The Region; `''` is the model without one, and nothing is any Region, or any that a pattern is for. */
  readonly region?: string;
  /** Whether it is for every Region. */
  readonly anywhere: boolean;
  /** Whether the model may be called without an inference profile, as far as the policies say. */
  readonly open: boolean;
}

/** A resource of an Allow that names inference profiles of a model of the cards. */
export interface ProfileGrant {
  readonly policy: Policy;
  readonly statement: PolicyStatement;
  readonly arn: string;
  /** An ID that AWS does not publish, if it names that one alone. */
  readonly unpublished?: string;
  /** The ID that is served, but not in the Region of the grant. */
  readonly elsewhere?: { readonly id: string; readonly source: string };
}

/** A profile that a principal may call, or may be able to. */
export interface CallableProfile {
  readonly arn: string;
  /** The Region that its calls are sent to. */
  readonly source: string;
  /** The Regions that its calls may run in, as far as AWS publishes them; nothing for an application profile of which nothing is known. */
  readonly reaches?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly certain: boolean;
}

/** What a principal is granted of one model. */
export interface ModelAccess {
  readonly principal: Principal;
  readonly card: ModelCard;
  readonly models: readonly ModelGrant[];
  readonly profiles: readonly ProfileGrant[];
  /** The profiles of the model that may be called. */
  readonly callable: readonly CallableProfile[];
  /** Whether there is one; nothing if that cannot be known. */
  readonly hasProfile: boolean | undefined;
  /** The calls that the grants are for. */
  readonly routes: readonly JudgedAccess[];
}

const MODEL = /^arn:[^:]*:bedrock:([^:]*):[^:]*:foundation-model\/(.+)$/;
const PROFILE = /^arn:[^:]*:bedrock:([^:]*):([^:]*):inference-profile\/(.+)$/;
const WILD = /[*?]/;
/** Stands for a Region that nothing speaks of. */
const ANYWHERE = 'xx-anywhere-1';

/** What a principal is granted of each model that its policies name. */
export function modelAccess(
  principal: Principal, cards: readonly ModelCard[], profiles: readonly ApplicationProfile[], region: string, account: string): ModelAccess[] {
  const texts = allowed(principal);
  return cards.flatMap((card) => {
    const stem = stemOf(card);
    const about = texts.filter(({ arn }) => arn.includes(stem));
    if (about.length === 0) return [];
    const models = about.flatMap((text) => modelGrant(principal, card, text));
    const named = about.flatMap((text) => profileGrants(card, text, region, account));
    const profilesOfModel = callable(principal, card, texts, region, account, profiles);
    return [{
      principal,
      card,
      models,
      profiles: named.map(({ grant }) => grant),
      callable: profilesOfModel,
      hasProfile: profilesOfModel.some(({ certain }) => certain) || (profilesOfModel.length === 0 ? false : undefined),
      routes: routesOf(principal, named.flatMap(({ routes }) => routes)),
    }];
  });
}

interface Allowed {
  readonly policy: Policy;
  readonly statement: PolicyStatement;
  readonly arn: string;
}

/** Whether some statement allows calls of models, whichever. */
export function mayInvoke({ policies }: Principal): boolean {
  return policies.some(({ document }) => document.statements.some(allowsInvocation));
}

function allowsInvocation({ effect, actions }: PolicyStatement): boolean {
  return effect === 'Allow' && (actions.not || actions.texts.some(isInvocation));
}

/** Every resource that an Allow lists, as far as it is known. */
function allowed({ policies }: Principal): Allowed[] {
  return policies.flatMap((policy) => policy.document.statements.filter((statement) => allowsInvocation(statement) && !statement.resources.not)
    .flatMap((statement) => statement.resources.texts.flatMap((arn) => typeof arn === 'string' ? [{ policy, statement, arn }] : [])));
}

/** Whether an action, or a pattern of actions, is about calls of models. */
function isInvocation(action: Text): boolean {
  const pattern = patternOf(action, { wildcards: true, ignoreCase: true })!;
  return [INVOKE, STREAM].some((one) => matches(pattern, patternOf(one, { ignoreCase: true })!) === true);
}

function modelGrant(principal: Principal, card: ModelCard, { policy, statement, arn }: Allowed): ModelGrant[] {
  const [, place, id] = MODEL.exec(arn) ?? [];
  const { resource } = policy;
  if (id === undefined || !resource || !isOfCard(id, card)) return [];
  // Named with a geography, or with another release, it is no foundation model, and the grant lets nobody call anything.
  if (!matchesId(id, card.modelId)) return [{ policy: { ...policy, resource }, statement, arn, region: place, anywhere: false, open: false }];
  const region = WILD.test(place) ? undefined : place;
  const anywhere = matchesId(place, ANYWHERE);
  // A pattern such as `eu-*` is asked for by one of its Regions.
  const example = region ?? (anywhere ? ANYWHERE : card.sourceRegions.find((one) => matchesId(place, one)) ?? ANYWHERE);
  const asked = { resource: foundationModelArn(example, card.modelId, partitionOf(example)), region: example === '' ? NO_REGION : example };
  return [{ policy: { ...policy, resource }, statement, arn, region, anywhere, open: [INVOKE, STREAM].some((action) => isAbout(principal, statement, { ...asked, action }) && access(principal, { ...asked, action }).outcome === 'allowed') }];
}

/** Whether the ID of a resource is about one model alone, and not about many. */
function isOfCard(id: string, card: ModelCard): boolean {
  const known = id.split(WILD)[0];
  return readReference(known, [card]) !== undefined || known.startsWith(stemOf(card));
}

/** The profiles that a resource names, with the ways of their calls; one with a wildcard for its Region is called from the stack's. */
function profileGrants(
  card: ModelCard, { policy, statement, arn }: Allowed, home: string, account: string,
): Array<{ readonly grant: ProfileGrant; readonly routes: RouteOf[] }> {
  const [, place, owner, id] = PROFILE.exec(arn) ?? [];
  if (id === undefined || !id.includes(stemOf(card))) return [];
  const source = WILD.test(place) ? home : place;
  const ids = card.inferenceProfileIds.filter((one) => matchesId(id, one));
  if (ids.length === 0) return WILD.test(id) || id.includes('$') ? [] : [{ grant: { policy, statement, arn, unpublished: id }, routes: [] }];
  const routes = ids.flatMap((one): RouteOf[] => {
    const reading = readProfileId(card, one);
    const decision = 'routing' in reading ? decide(card, reading.routing, source) : reading;
    return 'route' in decision ? [{ route: decision.route, account: /^\d{12}$/.test(owner) ? owner : account }] : [];
  });
  return [{ grant: { policy, statement, arn, ...routes.length === 0 && { elsewhere: { id: ids[0], source } } }, routes }];
}

interface RouteOf {
  readonly route: InferenceRoute;
  readonly account: string;
}

function routesOf(principal: Principal, routes: readonly RouteOf[]): JudgedAccess[] {
  const each = new Map(routes.map((one) => [`${one.account} ${one.route._key}`, one]));
  return [...each.values()].map((call) => judgedAccess(principal, call));
}

/** Every profile of the model that may be called, as far as it is known: nobody knows what an application profile elsewhere copies. */
function callable(
  principal: Principal, card: ModelCard, texts: readonly Allowed[], home: string, account: string,
  profiles: readonly ApplicationProfile[]): CallableProfile[] {
  const system = sourcesOf(texts, card, home).flatMap((source) => card.inferenceProfileIdsFrom(source)
    .map((id) => ({ source, arn: inferenceProfileArn(source, account, id), reaches: reachOf(card, id, source) })));
  const own = profiles.filter(({ way }) => 'route' in way && way.route._card === card)
    .map(({ arn, tags, resource, way }) => ({ source: resource.stack.deployment.region, arn, tags, reaches: regionsOf((way as RouteOf).route) }));
  const elsewhere = [`arn:${partitionOf(home)}:bedrock:${home}:${account}:application-inference-profile/${ANYWHERE}`, ...exactApplicationProfiles(texts)]
    .map((arn) => ({ source: arn.split(':')[3], arn, reaches: undefined }));
  return [...system, ...own, ...elsewhere].flatMap((profile: Omit<CallableProfile, 'certain'>) => {
    const { arn: resource, source, tags } = profile;
    const outcomes = [INVOKE, STREAM].map((action) => access(principal, { action, resource, region: source, tags }).outcome);
    return outcomes.every((outcome) => outcome === 'denied') ? [] : [{ ...profile, certain: outcomes.includes('allowed') }];
  });
}

/** The Regions from which profiles may be called: those that the policies name, or all of them if one has a wildcard there. */
function sourcesOf(texts: readonly Allowed[], card: ModelCard, home: string): string[] {
  const places = texts.map(({ arn }) => PROFILE.exec(arn)?.[1] ?? (arn === '*' ? '*' : undefined)).filter((place) => place !== undefined);
  return places.some((place) => WILD.test(place)) ? [...new Set([home, ...card.sourceRegions])] : [...new Set([home, ...places])];
}

function reachOf(card: ModelCard, id: string, source: string): string[] {
  const reading = readProfileId(card, id);
  const decision = 'routing' in reading ? decide(card, reading.routing, source) : reading;
  return 'route' in decision ? regionsOf(decision.route) : [];
}

function regionsOf({ destinationRegions, sourceRegion }: InferenceRoute): string[] {
  return destinationRegions ?? [sourceRegion];
}

function exactApplicationProfiles(texts: readonly Allowed[]): string[] {
  return texts.map(({ arn }) => arn).filter((arn) => arn.includes(':application-inference-profile/') && !WILD.test(arn));
}

function matchesId(pattern: string, id: string): boolean {
  return matches(patternOf(pattern, { wildcards: true })!, patternOf(id)!) === true;
}
