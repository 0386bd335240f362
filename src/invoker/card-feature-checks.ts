import { Annotations, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { LockedField } from './locked-field';
import { PromptCaching } from './prompt-caching';
import { Sampling } from './sampling';
import { ModelCard } from '../catalog/model-card';
import { ServiceTier } from '../catalog/service-tier';
import { EffortLevel, ThinkingType } from '../catalog/thinking-support';
import { HaikuError, shown, shownList } from '../private/errors';

/** English has about so many. */
const BYTES_PER_TOKEN = 4;

/** Refuses features that the model does not have by its card. */
export function checkCardFeatures(card: ModelCard, { promptCaching, sampling, serviceTier, thinkingBudgetTokens, effort }: HaikuInvokerProps): void {
  if (promptCaching) checkPromptCaching(card, promptCaching);
  if (sampling) checkSampling(card, sampling);
  if (serviceTier) checkServiceTier(card, serviceTier);
  if (thinkingBudgetTokens !== undefined) checkThinkingBudget(card, thinkingBudgetTokens);
  if (effort !== undefined) checkEffort(card, effort);
}

/** Whether the card says that the model takes a thinking budget; nothing if it is silent. */
export function hasThinkingBudgets({ limits }: ModelCard): boolean | undefined {
  return limits?.thinking?.types.includes(ThinkingType.ENABLED);
}

/** Warns of defaults that are not sent, because the card does not say that the model takes them. */
export function warnOfNotOnCard(scope: IConstruct, card: ModelCard, { sampling, thinkingBudgetTokens, effort }: HaikuInvokerProps): void {
  const warn = (prop: string, unsaid: string, remedy: string) => Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.notOnCard',
    `${prop} is not sent with the calls: the card of ${card.name} (as of ${card.asOf}) does not say ${unsaid}. `
    + `If it does, ${remedy}; if it does not, leave ${prop} out.`);
  if (sampling && !card.limits?.samplingParameters) {
    warn('sampling', `that the model takes ${shown(parameterOf(sampling))}`, `add ${shown(parameterOf(sampling))} to limits.samplingParameters of the card`);
  }
  if (thinkingBudgetTokens !== undefined && hasThinkingBudgets(card) === undefined) {
    warn('thinkingBudgetTokens', 'that the model takes a thinking budget', 'add ThinkingType.ENABLED to limits.thinking.types of the card');
  }
  if (effort !== undefined && !card.limits?.thinking?.effortLevels) {
    warn('effort', 'which efforts the model takes', 'add them to limits.thinking.effortLevels of the card');
  }
}

/** Warns of a thinking budget that still works, although AWS advises against it. */
export function warnOfDeprecatedBudget(scope: IConstruct, { name, limits }: ModelCard, { thinkingBudgetTokens }: HaikuInvokerProps): void {
  if (thinkingBudgetTokens === undefined || !limits?.thinking?.budgetDeprecated) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.thinkingBudgetDeprecated',
    `thinkingBudgetTokens still works with ${name}, but AWS advises against a thinking budget (as of ${limits.thinking.asOf}), and later models take none. `
    + 'Leave it out, let events ask for adaptive thinking, and say how much with effort.');
}

/**
 * Warns of a cached system prompt that is too short to be cached. Only the events could make up for it, with tools, which stand before
 * it, or a system prompt of their own: no error.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function warnOfCacheBelowMinimum(scope: IConstruct, card: ModelCard, props: HaikuInvokerProps): void {
  const { promptCaching, lockedFields } = props;
  const limits = card.promptCaching;
  const [prop, text] = promptAtSynth(props);
  if (!limits || text === undefined || promptCaching?._checkpoints.system === undefined) return;
  // A token is at least one byte long.
  const tokens = Buffer.byteLength(text);
  const least = limits.minTokensPerCheckpoint;
  if (tokens >= least) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.cacheBelowMinimum',
    `${prop} has at most ${tokens} tokens, and ${card.name} caches nothing before a checkpoint that covers fewer than ${least} (as of ${limits.asOf}): `
    + 'by itself it is never read from the cache. Leave the checkpoint after the system prompt out, or put one after the messages with PromptCaching.messages(). '
    + `Acknowledge this if your events bring tools, which count too because they stand before it${lockedFields?.includes(LockedField.SYSTEM) ? '' : ', or a long system prompt of their own'}.`);
}

/**
 * Warns of a system prompt that does not fit into the model's context, as far as its length tells: whether a request fits, only the model knows.
 */
export function warnOfBeyondContext(scope: IConstruct, { name, limits }: ModelCard, props: HaikuInvokerProps): void {
  const [prop, text] = promptAtSynth(props);
  if (!limits || text === undefined) return;
  const tokens = Math.round(Buffer.byteLength(text) / BYTES_PER_TOKEN);
  if (tokens < limits.contextTokens) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.systemPromptBeyondContext',
    `${prop} has about ${tokens} tokens, at ${BYTES_PER_TOKEN} bytes a token, and ${name} takes ${limits.contextTokens} in all (as of ${limits.asOf}): it may refuse each call. `
    + 'Shorten the prompt, or acknowledge this if you have counted its tokens.');
}

/** The system prompt where it is known at synth time, and the prop that has it. */
function promptAtSynth({ systemPrompt, systemPromptSource }: HaikuInvokerProps): [prop: string, text?: string] {
  if (systemPromptSource) return ['systemPromptSource', systemPromptSource._text];
  return ['systemPrompt', Token.isUnresolved(systemPrompt) ? undefined : systemPrompt];
}

function parameterOf({ _topP: topP }: Sampling): string {
  return topP === undefined ? 'temperature' : 'top_p';
}

function checkSampling(card: ModelCard, sampling: Sampling): void {
  const { samplingParameters: parameters, asOf } = card.limits ?? {};
  const parameter = parameterOf(sampling);
  if (!parameters || parameters.includes(parameter)) return;
  throw new HaikuError(
    `sampling uses a parameter that ${card.name} does not take, got ${shown(parameter)}${parameters.length === 0 ? ', and it takes none' : `; expected ${shownList(parameters)}`} (as of ${asOf}). `
    + 'Leave sampling out, or pass a target whose card has it.');
}

function checkPromptCaching(card: ModelCard, { _checkpoints: checkpoints }: PromptCaching): void {
  const limits = card.promptCaching;
  if (!limits) {
    throw new HaikuError(
      `promptCaching is not available for ${card.name}, got ${shown(checkpoints)}: its card has none (as of ${card.asOf}). `
      + 'Leave promptCaching out, or pass a target whose card has it.');
  }
  const asOf = `(as of ${limits.asOf})`;
  const entries = Object.entries(checkpoints);
  if (entries.length > limits.maxCheckpoints) {
    throw new HaikuError(
      `promptCaching has too many checkpoints, got ${shown(checkpoints)}; expected at most ${limits.maxCheckpoints} for ${card.name} ${asOf}. Leave some out.`);
  }
  for (const [field, ttl] of entries) {
    if (!limits.fields.includes(field)) {
      throw new HaikuError(
        `promptCaching has a checkpoint in a place that takes none, got ${shown(field)}; expected ${shownList(limits.fields)} for ${card.name} ${asOf}. Move it there.`);
    }
    if (!limits.ttls.includes(ttl)) {
      throw new HaikuError(
        `promptCaching has a lifetime that the model does not have, got ${shown(ttl)}; expected ${shownList(limits.ttls)} for ${card.name} ${asOf}. Use one of these.`);
    }
  }
}

function checkThinkingBudget(card: ModelCard, budget: number): void {
  if (hasThinkingBudgets(card) !== false) return;
  const { types, asOf } = card.limits!.thinking!;
  throw new HaikuError(
    `thinkingBudgetTokens is a budget that ${card.name} does not take, got ${shown(budget)}; `
    + `${types.length === 0 ? 'it does not think' : `its types of thinking are ${shownList(types)}`} (as of ${asOf}). `
    + 'Leave thinkingBudgetTokens out, or pass a target whose card has ThinkingType.ENABLED.');
}

function checkEffort({ name, limits }: ModelCard, effort: EffortLevel): void {
  const { effortLevels: levels, asOf } = limits?.thinking ?? {};
  if (!levels || levels.includes(effort)) return;
  throw new HaikuError(
    `effort is not one that ${name} takes, got ${shown(effort)}${levels.length === 0 ? ', and it takes none' : `; expected one of ${shownList(levels)}`} (as of ${asOf}). `
    + 'Use one of these, or leave effort out.');
}

function checkServiceTier(card: ModelCard, { name }: ServiceTier): void {
  const tiers = card.serviceTiers;
  if (!tiers || Token.isUnresolved(name)) return;
  const [supported, unsupported] = [tiers.supported, tiers.unsupported].map((some) => some.map((tier) => tier.name));
  if (supported.includes(name)) return;
  const reason = unsupported.includes(name) ? `AWS offers ${shown(name)} for other models only` : `The card does not know ${shown(name)}`;
  throw new HaikuError(
    `serviceTier is not one that ${card.name} has, got ${shown(name)}; expected one of ${shownList(supported)} (as of ${tiers.asOf}). `
    + `${reason}: use one of these, or leave serviceTier out to have "default".`);
}
