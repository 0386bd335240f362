import { ModelCard } from '../../catalog/model-card';
import { Resource } from '../../template/stack';
import { Judgement } from '../judgement';
import { callPlace, statementPlace } from '../places';
import { Policy } from '../principals';
import { cited, Hit, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
export const UNKNOWN_PROFILE: Rule = {
  id: 'unknown-profile',
  severity: 'error',
  title: 'An inference profile is named that AWS does not publish for the model',
  check: (judgement) => [...ofCalls(judgement), ...ofGrants(judgement)],
};

function ofCalls({ calls }: Judgement): Hit[] {
  return calls.flatMap((call) => {
    const { reference, card, outcome, caller } = call;
    if (outcome.kind !== 'unpublished' || !('id' in reference) || !/^[A-Za-z-]+\.[a-z]+\./.test(reference.id)) return [];
    return [{ ...callPlace(call), ...said(reference.id, card, caller.resource.stack.deployment.region) }];
  });
}

/** A grant of a profile that does not exist is a mistake where nothing else lets the principal call the model. */
function ofGrants(judgement: Judgement): Hit[] {
  return judgement.grants.filter(({ hasProfile, principal, card }) => hasProfile !== true && !judgement.isCalledBy(principal, card))
    .flatMap(({ profiles, card }) => profiles.flatMap(({ policy, statement, unpublished }) => {
      if (unpublished === undefined || !policy.resource) return [];
      const { resource } = policy as Policy & { resource: Resource };
      return [{ ...statementPlace({ ...policy, resource }, statement), ...said(unpublished, card, resource.stack.deployment.region) }];
    }));
}

function said(id: string, card: ModelCard, region: string): Omit<Hit, 'resource' | 'path'> {
  const here = card.inferenceProfileIdsFrom(region);
  const ids = here.length > 0 ? here : card.inferenceProfileIds;
  return {
    message: `${id} is no inference profile that AWS publishes for ${card.name}; from ${region} there ${here.length === 0 ? 'is none' : `is ${here.join(' and ')}`} (as of ${card.asOf}).`,
    fix: `Name ${ids.join(' or ')}.`,
    evidence: { given: id, allowed: ids, ...cited(card) },
  };
}
