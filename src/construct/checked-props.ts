import { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Token } from 'aws-cdk-lib/core';
import { ModelCard } from '../catalog/model-card';
import { shownAsNo } from '../private/brand';
import { HaikuError } from '../private/errors';
import { InferenceRouting } from '../routing/inference-routing';

/** The model of the props. Callers without a type checker pass IDs here. */
export function checkedModel(model: unknown = ModelCard._DEFAULT): ModelCard {
  const own = ModelCard._own(model);
  if (own) return own;
  throw new HaikuError(
    `model is not a ModelCard, got ${given(model, 'ModelCard')}; expected ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...). `
    + 'To name a model, use ModelCatalog.require(name); to name an inference profile, CrossRegionInferenceProfile.fromInferenceProfileId(...).');
}

/** The routing of the props. */
export function checkedRouting(routing: unknown = InferenceRouting.sourceGeography()): InferenceRouting {
  const own = InferenceRouting._own(routing);
  if (own) return own;
  throw new HaikuError(
    `routing is not an InferenceRouting, got ${given(routing, 'InferenceRouting')}; expected InferenceRouting.geo(...), InferenceRouting.globalCrossRegion() or InferenceRouting.sourceGeography(). `
    + 'Where data may go must be known at synth time: choose one of the three.');
}

/** A list of Regions of the props. */
export function checkedRegions(name: string, regions: unknown): string[] | undefined {
  if (regions === undefined) return undefined;
  if (Array.isArray(regions) && regions.length > 0 && !Token.isUnresolved(regions)
    && regions.every((region) => typeof region === 'string' && !Token.isUnresolved(region))) return [...regions];
  throw new HaikuError(
    `${name} is not a list of Regions, got ${given(regions)}; expected at least one literal such as "eu-west-2". `
    + `Where data may go must be known at synth time: pass literals, or leave ${name} out.`);
}

/** A principal that is given access. */
export function checkedGrantee(grantee: unknown): IGrantable {
  if (isPrincipal((grantee as IGrantable | undefined | null)?.grantPrincipal)) return grantee as IGrantable;
  throw new HaikuError(
    `grantee is not a principal, got ${given(grantee)}; expected a role, a user, a function or another IGrantable. `
    + 'Pass what is to call the model.');
}

function isPrincipal(principal: unknown): boolean {
  return typeof (principal as IPrincipal | undefined | null)?.addToPrincipalPolicy === 'function';
}

function given(value: unknown, className = ''): string {
  return typeof value === 'string' && Token.isUnresolved(value) ? 'an unresolved token' : shownAsNo(className, value);
}
