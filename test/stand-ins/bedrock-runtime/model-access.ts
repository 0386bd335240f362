import { isJson, Json } from './json';
import { Refusal } from './refusal';
import regions from '../../fixtures/regions.json';

/** An account that calls from one source Region. */
export interface Caller {
  readonly region: string;
  readonly account: string;
  /** IDs of the application inference profiles that exist; undefined: any well-formed one does. */
  readonly applicationProfiles?: string[];
  readonly otherModels?: OtherModels;
}

/** By the ID of an inference profile: whether the model takes sampling parameters and thinking budgets. The newest take neither. */
export type OtherModels = Readonly<Record<string, { readonly adaptiveOnly: boolean }>>;

const INVALID = 'The provided model identifier is invalid.';
const PROFILE_ARN = /^arn:(aws[a-z-]*):bedrock:([a-z0-9-]+):(\d{12}):(inference-profile|application-inference-profile)\/(.+)$/;
const FOUNDATION_MODEL_ARN = /^arn:aws[a-z-]*:bedrock:[a-z0-9-]+::foundation-model\/(.+)$/;

/** Throws what bedrock-runtime answers when this identifier cannot be invoked from the caller's Region. */
export function checkRuntimeModel(modelId: string, caller: Caller): void {
  if (caller.otherModels && Object.hasOwn(caller.otherModels, modelId)) return;
  const bare = FOUNDATION_MODEL_ARN.exec(modelId)?.[1] ?? modelId;
  if (bare === regions.modelId) {
    throw Refusal.validation(
      `Invocation of model ID ${modelId} with on-demand throughput isn’t supported. `
      + 'Retry your request with the ID or ARN of an inference profile that contains this model.',
    );
  }
  if (!modelId.startsWith('arn:')) return checkProfileId(modelId, caller.region);

  const arn = PROFILE_ARN.exec(modelId);
  if (arn === null || arn[1] !== 'aws' || arn[2] !== caller.region) throw Refusal.validation(INVALID);
  const [, , , account, type, id] = arn;
  // The stand-in's profiles are shared with nobody.
  if (account !== caller.account) throw new Refusal(403, 'AccessDeniedException', 'You don\'t have access to the model with the specified model ID.');
  if (type === 'inference-profile') return checkProfileId(id, caller.region);
  const known = caller.applicationProfiles === undefined ? /^[a-z0-9]{12}$/.test(id) : caller.applicationProfiles.includes(id);
  if (!known) throw Refusal.validation(INVALID);
}

/** Throws what a model answers that thinks as it sees fit, to a request with a thinking budget or a sampling parameter. */
export function checkOtherModel(modelId: string, body: Json, { otherModels = {} }: Caller): void {
  if (!otherModels[modelId]?.adaptiveOnly) return;
  const sampled = ['temperature', 'top_p', 'top_k'].find((field) => body[field] !== undefined);
  if (sampled) throw Refusal.validation(`${sampled}: this model does not take sampling parameters.`);
  if (isJson(body.thinking) && body.thinking.type === 'enabled') throw Refusal.validation('thinking.type: "enabled" is not supported for this model. Use "adaptive".');
}

/** Throws what bedrock-mantle answers when it does not serve this model in the caller's Region. */
export function checkMantleModel(model: unknown, region: string): void {
  const served = regions.inRegion['bedrock-mantle'].includes(region);
  if (model !== regions.mantleModelId || !served) throw new Refusal(404, 'ResourceNotFoundException', `The model '${String(model)}' does not exist`);
}

function checkProfileId(profileId: string, region: string): void {
  const [prefix, ...rest] = profileId.split('.');
  const sources = prefix === 'global' ? Object.values(regions.globalSources).flat() : Object.keys(geoTable()[prefix] ?? {});
  if (rest.join('.') !== regions.modelId || !sources.includes(region)) throw Refusal.validation(INVALID);
}

function geoTable(): Record<string, Record<string, string[]>> {
  return regions.geo;
}
