import { Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html */
export const UNSUPPORTED_TIER: Rule = {
  id: 'unsupported-tier',
  severity: 'error',
  title: 'A service tier is asked for that the model does not have',
  check: ({ calls }) => [...new Set(calls.map(({ caller }) => caller))].flatMap((caller) => {
    const cards = [...new Set(calls.filter((call) => call.caller === caller).map(({ card }) => card))];
    return (caller.tiers ?? []).flatMap(({ path, value }) => {
      const lacks = cards.filter(({ serviceTiers }) => serviceTiers?.unsupported.some(({ name }) => name === value));
      // With several models the tier may be for the one that has it.
      if (lacks.length === 0 || lacks.length < cards.length) return [];
      const [card] = lacks;
      const tiers = card.serviceTiers!;
      return [{
        resource: caller.resource,
        path,
        message: `The service tier ${JSON.stringify(value)} is not offered for ${card.name}; there is ${tiers.supported.map(({ name }) => name).join(' and ')} (as of ${tiers.asOf}).`,
        fix: `Ask for ${tiers.supported[0].name}, or leave the tier out.`,
        evidence: { given: value, allowed: tiers.supported.map(({ name }) => name), source: tiers.sourceUrl, asOf: tiers.asOf },
      }];
    });
  }),
};
