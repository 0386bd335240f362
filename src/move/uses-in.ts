import { Feature, Use } from './use';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { callersOf } from '../scan/calls';
import { Judgement } from '../scan/judgement';
import { readReference } from '../scan/model-reference';
import { usesOf } from '../scan/use';
import { deployedStacks, TemplateInput } from '../template/assembly';
import { at, isRecord, jsonIn } from '../template/template-json';

/** Where the options of a HaikuInvoker stand in its function, and what of the model each of them uses. */
const OPTIONS = ['Environment', 'Variables', 'INVOKER_OPTIONS'];
const USED: Readonly<Record<string, Feature>> = {
  temperature: Feature.TEMPERATURE,
  topP: Feature.TOP_P,
  thinkingBudgetTokens: Feature.THINKING_BUDGET,
  promptCaching: Feature.PROMPT_CACHING,
  effort: Feature.EFFORT,
};
const TIERS: readonly string[] = [Feature.RESERVED_TIER, Feature.PRIORITY_TIER, Feature.FLEX_TIER];

/**
 * The uses of a model in templates, whoever wrote them: calls, and permissions where no call is known.
 *
 * @param region - that of the stacks that do not tell it
 */
export function usesIn(inputs: readonly TemplateInput[], card: ModelCard, region: string): Use[] {
  const judgement = new Judgement(deployedStacks(inputs, region), [card]);
  const routed = usesOf(judgement).map(({ stack, resource, sourceRegion, inferenceOption, geography }): Use => ({
    where: `${stack}/${resource}`,
    sourceRegion,
    inferenceOption,
    ...geography !== undefined && { geography: Geography.of(geography) },
    ...requestsOf(propertiesOf(judgement, stack, resource)),
  }));
  const uses = [...routed, ...inRegionUses(judgement, card)];
  return [...new Map(uses.map((use) => [JSON.stringify({ ...use, geography: use.geography?.prefix }), use])).values()];
}

/** What names the model itself goes through no profile. */
function inRegionUses({ stacks }: Judgement, card: ModelCard): Use[] {
  return stacks.flatMap(callersOf).flatMap(({ names, resource, sources }) => {
    const sourceRegion = sources.find((source): source is string => typeof source === 'string');
    const kinds = names.map(({ value }) => readReference(value, [card])?.kind);
    const named = kinds.includes('mantle') || (kinds.includes('model') && sourceRegion !== undefined && card.isInRegionOnRuntime(sourceRegion));
    if (!named || sourceRegion === undefined) return [];
    const { deployment: { name } } = resource.stack;
    return [{ where: `${name}/${resource.id}`, sourceRegion, inferenceOption: InferenceOption.IN_REGION, ...requestsOf(resource.properties) }];
  });
}

function propertiesOf({ stacks }: Judgement, stack: string, resource: string): unknown {
  return stacks.find(({ deployment }) => deployment.name === stack)?.resources.find(({ id }) => id === resource)?.properties;
}

/** What the requests of a HaikuInvoker use by default; nothing is known of those of others. */
function requestsOf(properties: unknown): Pick<Use, 'features' | 'maxTokens'> {
  const options = fieldsIn(at(properties, ...OPTIONS));
  // What is known only at deploy time stands in variables of its own, and is used all the same.
  const apart = Array.isArray(options.variables) ? options.variables.map((variable) => String(at(variable, 'path', '0'))) : [];
  const features = [...Object.keys(options), ...apart].flatMap((name) => Object.hasOwn(USED, name) ? [USED[name]] : []);
  const tier = TIERS.find((name) => name === options.serviceTier) as Feature | undefined;
  return { features: [...new Set([...features, ...tier ? [tier] : []])], ...typeof options.maxTokens === 'number' && { maxTokens: options.maxTokens } };
}

function fieldsIn(text: unknown): Record<string, unknown> {
  const value = typeof text === 'string' ? jsonIn(text) : undefined;
  return isRecord(value) ? value : {};
}
