import { ModelReference, readReference } from './model-reference';
import { ModelCard } from '../catalog/model-card';
import { Unknown } from '../private/unknown';
import { decide } from '../routing/decision';
import { Finding } from '../routing/finding';
import { readProfileId } from '../routing/profile-id';
import { InferenceRoute } from '../routing/route';
import { Resource, Stack } from '../template/stack';
import { at } from '../template/template-json';

/** An application inference profile of the assembly. */
export interface ApplicationProfile {
  readonly resource: Resource;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What it copies, as far as that is about a model of the cards. */
  readonly copied: ModelReference;
  /** The way of its calls, or why there is none. */
  readonly way: { readonly route: InferenceRoute } | { readonly broken: string } | { readonly unknown: readonly string[] };
  readonly finding?: Finding;
}

/** Where a profile has what it copies. */
export const COPIED_PATH = 'Properties/ModelSource/CopyFrom';

export function applicationProfiles(stacks: readonly Stack[], cards: readonly ModelCard[]): ApplicationProfile[] {
  return stacks.flatMap((stack) => stack.of('AWS::Bedrock::ApplicationInferenceProfile').flatMap((resource) => {
    const copied = readReference(at(resource.properties, 'ModelSource', 'CopyFrom'), cards);
    if (!copied || copied.kind === 'application') return [];
    const arn = String(stack.value({ 'Fn::GetAtt': [resource.deployedId, 'InferenceProfileArn'] }));
    return [{ resource, arn, copied, tags: tagsOf(resource.properties.Tags), way: wayOf(copied, stack.deployment.region) }];
  }));
}

function wayOf(copied: Exclude<ModelReference, { kind: 'application' }>, region: string): ApplicationProfile['way'] {
  const { card } = copied;
  switch (copied.kind) {
    case 'open': return { unknown: copied.text.sources };
    case 'mantle': return { broken: 'it copies an ID of bedrock-mantle, which is no inference profile' };
    case 'model': return card.isInRegionOnRuntime(region) ? { unknown: [] } : { broken: `it copies the foundation model, and ${card.name} has no on-demand inference without an inference profile` };
    case 'unpublished': return { broken: `it copies ${JSON.stringify(copied.id)}, which AWS does not publish for ${card.name}` };
    default: {
      if (!copied.text.startsWith('arn:')) return { broken: `it copies ${JSON.stringify(copied.text)}, and CopyFrom takes an ARN` };
      if (copied.region !== region) return { broken: `it is made in ${region} and copies an inference profile of ${copied.region}: a profile is copied in its own Region` };
      const reading = readProfileId(card, copied.id);
      const decision = 'routing' in reading ? decide(card, reading.routing, region) : reading;
      return 'route' in decision ? decision : { broken: `it copies ${JSON.stringify(copied.id)}, which cannot be called from ${region}` };
    }
  }
}

function tagsOf(tags: unknown): Record<string, string> {
  if (!Array.isArray(tags)) return {};
  return Object.fromEntries((tags as unknown[]).flatMap((tag) => {
    const [key, value] = [at(tag, 'Key'), at(tag, 'Value')];
    return typeof key === 'string' && typeof value === 'string' && !Unknown.isUnknown(value) ? [[key, value]] : [];
  }));
}
