import { Judgement } from '../judgement';
import { callPlace, policyPlace, statementPlace } from '../places';
import { cited, Hit, Rule } from '../rule';

export const COULD_NOT_CHECK: Rule = {
  id: 'could-not-check',
  severity: 'unchecked',
  title: 'Something that decides about a call cannot be known from the templates',
  check: (judgement) => [...ofCalls(judgement), ...ofAccesses(judgement), ...ofGrants(judgement)],
};

function ofCalls({ calls }: Judgement): Hit[] {
  return calls.flatMap((call) => {
    const { outcome, card, name } = call;
    if (outcome.kind !== 'unknown' || outcome.unknown.length === 0) return [];
    return [{ ...callPlace(call), ...said(`whether the call of ${String(name.value)} is allowed`, outcome.unknown, cited(card)) }];
  });
}

function ofAccesses({ accesses }: Judgement): Hit[] {
  return accesses.filter(({ access }) => access.state === 'unknown').flatMap(({ access, calls }) => {
    const text = said(`whether ${access.principal.name} may call ${access.main.named}`, access.unknown, cited(access.card));
    return calls.length > 0 ? calls.map((call) => ({ ...callPlace(call), ...text })) : [{ ...policyPlace(access, []), ...text }];
  });
}

/** A grant of the model whose other half may be elsewhere. */
function ofGrants(judgement: Judgement): Hit[] {
  return judgement.grants.filter(({ hasProfile, models, principal, card, routes }) =>
    hasProfile === undefined && models.length > 0 && routes.length === 0 && judgement.accessesOf(principal, card).length === 0)
    .map(({ models: [{ policy, statement }], principal, card }) =>
      ({ ...statementPlace(policy, statement), ...said(`whether ${principal.name} may call an inference profile of ${card.name}`, principal.elsewhere, cited(card)) }));
}

function said(question: string, unknown: readonly string[], evidence: Hit['evidence']): Omit<Hit, 'resource' | 'path'> {
  return {
    message: `It cannot be known from the templates ${question}: that depends on ${unknown.slice(0, 5).join(', ') || 'what no template tells'}.`,
    fix: 'Scan the whole assembly, give a value where there is none, or look at the place by hand and acknowledge this finding with the reason.',
    evidence: { ...evidence, unknown },
  };
}
