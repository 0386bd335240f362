import { ModelCard } from '../../catalog/model-card';
import { Resource } from '../../template/stack';
import { Judgement } from '../judgement';
import { callPlace, statementPlace } from '../places';
import { Policy } from '../principals';
import { cited, Hit, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html */
export const WRONG_SOURCE_REGION: Rule = {
  id: 'wrong-source-region',
  severity: 'error',
  title: 'An inference profile is called from a Region that it does not serve',
  check: (judgement) => [...ofCalls(judgement), ...ofGrants(judgement)],
};

function ofCalls({ calls }: Judgement): Hit[] {
  return calls.flatMap((call) => {
    const { outcome, reference, card } = call;
    if (outcome.kind !== 'elsewhere') return [];
    const { source, of } = outcome;
    const id = 'id' in reference ? reference.id : reference.text.toString();
    return [{
      ...callPlace(call),
      ...of === undefined ? said(id, source, card) : {
        message: `${id} is named by an ARN of ${of}, and the call is sent to ${source}: an inference profile is called in its own Region.`,
        fix: `Name the inference profile of ${source}, or send the calls to ${of}.`,
        evidence: { given: String(reference.text), sourceRegion: source, ...cited(card) },
      },
    }];
  });
}

/** Where no call is known: a grant for a Region that the profile does not serve, if nothing else lets the principal call the model. */
function ofGrants(judgement: Judgement): Hit[] {
  return judgement.grants.filter(({ hasProfile, principal, card, routes }) =>
    hasProfile !== true && routes.length === 0 && !judgement.isCalledBy(principal, card))
    .flatMap(({ profiles, card }) => profiles.flatMap(({ policy, statement, elsewhere }) => {
      if (!elsewhere || !policy.resource) return [];
      return [{ ...statementPlace(policy as Policy & { resource: Resource }, statement), ...said(elsewhere.id, elsewhere.source, card) }];
    }));
}

function said(id: string, source: string, card: ModelCard): Omit<Hit, 'resource' | 'path'> {
  const here = card.inferenceProfileIdsFrom(source);
  return {
    message: `${id} cannot be called from ${source}: AWS does not list it as a source Region (as of ${card.asOf}).`,
    fix: here.length > 0 ? `From ${source} name ${here.join(' or ')}.` : `Send the calls to a Region that serves ${card.name}: ${card.sourceRegions.join(', ')}.`,
    evidence: { given: id, sourceRegion: source, allowed: here, ...cited(card) },
  };
}
