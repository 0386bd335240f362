import { Call, JudgedAccess } from './calls';
import { Judgement } from './judgement';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { InferenceRoute } from '../routing/route';
import { Resource } from '../template/stack';

/** What a report says of a model, and from where. */
export interface UsedModel {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly asOf: string;
  readonly lifecycle?: string;
  readonly endOfLifeNotBefore?: string;
}

/** A way in which an assembly calls a model, or lets it be called: plain data, for a report. */
export interface ModelUse {
  readonly template: string;
  readonly stack: string;
  /** What calls, or what the principal is written as where no call is known: the logical ID. */
  readonly resource: string;
  readonly path: string;
  /** Whose policies are judged, if somebody is known. */
  readonly principal?: string;
  readonly model: UsedModel;
  readonly inferenceOption: InferenceOption;
  readonly geography?: string;
  readonly inferenceProfileId: string;
  /** The ARN that the call names, if it is an application inference profile. */
  readonly applicationProfileArn?: string;
  readonly sourceRegion: string;
  /** The Regions that may process the request. AWS publishes no list for global inference, so it is left out there. */
  readonly destinationRegions?: readonly string[];
  /** What the policies say: that it works, that it fails, or that it cannot be known. */
  readonly access: 'complete' | 'refused' | 'unknown' | 'not judged';
  /** Whether a call is known, and not only the permission. */
  readonly called: boolean;
}

/** Every use, in the order of the templates. */
export function usesOf({ calls, accesses, profiles }: Judgement): ModelUse[] {
  const ofCalls = calls.flatMap((call) => {
    const route = routeOf(call);
    return route ? [use(call.caller.resource, call.name.path, route, true, accessOf(call), call.application?.arn)] : [];
  });
  const ofGrants = accesses.filter((one) => one.calls.length === 0).flatMap(({ access }) => {
    const resource = access.principal.resource ?? access.principal.policies.find((policy) => policy.resource)?.resource;
    return resource ? [use(resource, 'Properties', access.route, false, access)] : [];
  });
  const ofProfiles = profiles.flatMap(({ way, resource, arn }) => 'route' in way && !calls.some(({ application }) => application?.arn === arn)
    ? [use(resource, 'Properties/ModelSource/CopyFrom', way.route, false, undefined, arn)] : []);
  return [...ofCalls, ...ofGrants, ...ofProfiles];
}

/** The route of a call, if it has one. */
export function routeOf({ outcome }: Call): InferenceRoute | undefined {
  if (outcome.kind === 'judged') return outcome.access.route;
  return outcome.kind === 'unknown' || outcome.kind === 'routed' ? outcome.route : undefined;
}

function accessOf({ outcome }: Call): JudgedAccess | 'unknown' | undefined {
  if (outcome.kind === 'judged') return outcome.access;
  return outcome.kind === 'unknown' ? 'unknown' : undefined;
}

function use(resource: Resource, path: string, route: InferenceRoute, called: boolean, access: JudgedAccess | 'unknown' | undefined, applicationProfileArn?: string): ModelUse {
  const { file, name } = resource.stack.deployment;
  const judged = typeof access === 'object' ? access : undefined;
  return {
    template: file,
    stack: name,
    resource: resource.id,
    path: `Resources/${resource.id}/${path}`,
    principal: judged?.principal.name,
    model: modelOf(route._card),
    inferenceOption: route.inferenceOption,
    geography: route.geography?.prefix,
    inferenceProfileId: route.inferenceProfileId,
    applicationProfileArn,
    sourceRegion: route.sourceRegion,
    destinationRegions: route.destinationRegions,
    access: judged?.state ?? (access === 'unknown' ? 'unknown' : 'not judged'),
    called,
  };
}

function modelOf(card: ModelCard): UsedModel {
  const { modelId: id, name, sourceUrl: source, asOf, lifecycle } = card;
  return { id, name, source, asOf, lifecycle: lifecycle?.status, endOfLifeNotBefore: lifecycle?.endOfLifeNotBefore };
}
