import { ModelCard } from '../../catalog/model-card';
import { Caller } from '../callers/caller';
import { Judgement } from '../judgement';
import { policyPlace } from '../places';
import { Hit, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html */
export const UNSUPPORTED_TIER: Rule = {
  id: 'unsupported-tier',
  severity: 'error',
  title: 'A service tier is asked for that the model does not have',
  check: (judgement) => [...ofCallers(judgement), ...ofPolicies(judgement)],
};

function ofCallers({ calls }: Judgement): Hit[] {
  const models = new Map<Caller, ModelCard[]>();
  for (const { caller, card } of calls) models.set(caller, [...models.get(caller) ?? [], card]);
  // With several models the tier may be for the one that has it.
  return [...models].flatMap(([{ resource, tiers = [] }, cards]) => tiers.filter(({ value }) => cards.every((card) => lacks(card, value)))
    .map(({ path, value }) => ({ resource, path, ...said(cards[0], value) })));
}

/** Policies that let the model be called with such a tier only. */
function ofPolicies({ accesses }: Judgement): Hit[] {
  return accesses.map(({ access }) => access).filter(({ main, card }) => lacks(card, main.tier))
    .map((access) => ({ ...policyPlace(access, []), ...said(access.card, access.main.tier) }));
}

function lacks({ serviceTiers }: ModelCard, tier: unknown): boolean {
  return serviceTiers?.unsupported.some(({ name }) => name === tier) ?? false;
}

function said({ name: model, serviceTiers }: ModelCard, tier: unknown): Omit<Hit, 'resource' | 'path'> {
  const { supported, sourceUrl: source, asOf } = serviceTiers!;
  const names = supported.map(({ name }) => name);
  return {
    message: `The service tier ${JSON.stringify(tier)} is not offered for ${model}; there is ${names.join(' and ')} (as of ${asOf}).`,
    fix: `Ask for ${names[0]}, or leave the tier out.`,
    evidence: { given: tier, allowed: names, source, asOf },
  };
}
