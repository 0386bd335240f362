import { access, INVOKE, isAbout, STREAM } from './access';
import { ApplicationProfile } from './application-profiles';
import { JudgedAccess, judgedAccess } from './calls';
import { stemOf } from './model-reference';
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
  /** The Region; `''` is the model without one, and nothing is any Region. */
  readonly region?: string;
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

/** What a principal is granted of one model. */
export interface ModelAccess {
  readonly principal: Principal;
  readonly card: ModelCard;
  readonly models: readonly ModelGrant[];
  readonly profiles: readonly ProfileGrant[];
  /** Whether some inference profile of the model may be called; nothing if that cannot be known. */
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
export function modelAccess(principal: Principal, cards: readonly ModelCard[], profiles: readonly ApplicationProfile[], region: string, account: string): ModelAccess[] {
  const texts = allowed(principal);
  return cards.flatMap((card) => {
    const stem = stemOf(card);
    if (!texts.some(({ arn }) => arn.includes(stem))) return [];
    const models = texts.flatMap((text) => modelGrant(principal, card, text));
    const named = texts.flatMap((text) => profileGrants(card, text, region, account));
    const sources = [...new Set([region, ...texts.flatMap(({ arn }) => [...PROFILE.exec(arn)?.[1].matchAll(/^[a-z0-9-]+$/g) ?? []].map(([one]) => one))])];
    return [{
      principal,
      card,
      models,
      profiles: named.map(({ grant }) => grant),
      hasProfile: hasProfile(principal, card, sources, account, profiles),
      routes: routesOf(principal, named.flatMap(({ routes }) => routes)),
    }];
  });
}

interface Allowed {
  readonly policy: Policy;
  readonly statement: PolicyStatement;
  readonly arn: string;
}

/** Every resource that an Allow lists, as far as it is known. */
function allowed({ policies }: Principal): Allowed[] {
  return policies.flatMap((policy) => policy.document.statements.filter(({ effect, resources, actions }) => effect === 'Allow' && !resources.not && (actions.not || actions.texts.some(isInvocation)))
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
  if (id === undefined || !resource || !id.split(WILD)[0].startsWith(stemOf(card)) || !matchesId(id, card.modelId)) return [];
  const region = WILD.test(place) ? undefined : place;
  const partition = partitionOf(region ?? ANYWHERE);
  const asked = { resource: foundationModelArn(region ?? ANYWHERE, card.modelId, partition), region: region === '' ? NO_REGION : region ?? ANYWHERE };
  return [{ policy: { ...policy, resource }, statement, arn, region, open: [INVOKE, STREAM].some((action) => isAbout(principal, statement, { ...asked, action }) && access(principal, { ...asked, action }).outcome === 'allowed') }];
}

/** The profiles that a resource names, with the ways of their calls; one with a wildcard for its Region is called from the stack's. */
function profileGrants(card: ModelCard, { policy, statement, arn }: Allowed, home: string, account: string): Array<{ readonly grant: ProfileGrant; readonly routes: RouteOf[] }> {
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

function hasProfile(principal: Principal, card: ModelCard, sources: readonly string[], account: string, profiles: readonly ApplicationProfile[]): boolean | undefined {
  const arns = [
    ...sources.flatMap((source) => card.inferenceProfileIdsFrom(source).map((id) => ({ source, resource: inferenceProfileArn(source, account, id), tags: {} }))),
    ...profiles.map(({ arn, tags, resource }) => ({ source: resource.stack.deployment.region, resource: arn, tags })),
    ...sources.map((source) => ({ source, resource: `arn:${partitionOf(source)}:bedrock:${source}:${account}:application-inference-profile/${ANYWHERE}`, tags: {} })),
    ...exactApplicationProfiles(principal).map((resource) => ({ source: resource.split(':')[3], resource, tags: {} })),
  ];
  const outcomes = arns.flatMap(({ source, resource, tags }) => [INVOKE, STREAM].map((action) => access(principal, { action, resource, region: source, tags }).outcome));
  return outcomes.includes('allowed') || (outcomes.includes('unknown') ? undefined : false);
}

function exactApplicationProfiles(principal: Principal): string[] {
  return allowed(principal).map(({ arn }) => arn).filter((arn) => /:application-inference-profile\/[^*?]+$/.test(arn) && !WILD.test(arn));
}

function matchesId(pattern: string, id: string): boolean {
  return matches(patternOf(pattern, { wildcards: true })!, patternOf(id)!) === true;
}
