import { GLOBAL_PREFIX } from '../../catalog/geography';
import { InferenceRoute } from '../../routing/route';
import { at } from '../../template/template-json';
import { JudgedAccess } from '../calls';
import { Judgement } from '../judgement';
import { callPlace, policyPlace } from '../places';
import { cited, Hit, Residency, Rule } from '../rule';
import { storesOf } from '../stores';
import { routeOf } from '../use';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html */
export const RESIDENCY: Rule = {
  id: 'residency',
  severity: 'error',
  title: 'Requests may be processed outside the geographies that the rule allows',
  check: (judgement, residency) => residency.geographies.length === 0 && !residency.forbidGlobal ? [] : [
    ...ofCalls(judgement, residency), ...ofGrants(judgement, residency), ...ofProfiles(judgement, residency), ...ofGuardrails(judgement, residency),
    ...ofStores(judgement, residency),
  ],
};

function ofCalls({ calls }: Judgement, residency: Residency): Hit[] {
  return calls.flatMap((call) => {
    const route = routeOf(call);
    return route && leaves(route, residency) ? [{ ...callPlace(call), ...said(`The call of ${route.inferenceProfileId} from ${route.sourceRegion}`, route, residency) }] : [];
  });
}

/** What a principal may do and no call in the templates does. */
function ofGrants(judgement: Judgement, residency: Residency): Hit[] {
  const isCalled = ({ principal, card, route }: JudgedAccess) => judgement.accessesOf(principal, card)
    .some(({ access, calls }) => access.route._key === route._key && calls.length > 0);
  return judgement.grants.flatMap(({ routes }) => routes).filter((access) => access.state === 'complete' && leaves(access.route, residency) && !isCalled(access))
    .map((access) => ({ ...policyPlace(access, []), ...said(`${access.principal.name} may call ${access.route.inferenceProfileId} from ${access.route.sourceRegion}: a request`, access.route, residency) }));
}

function ofProfiles({ profiles, calls }: Judgement, residency: Residency): Hit[] {
  return profiles.flatMap(({ resource, way, arn }) => {
    if (!('route' in way) || !leaves(way.route, residency) || calls.some(({ application }) => application?.arn === arn)) return [];
    return [{ resource, path: 'Properties/ModelSource/CopyFrom', ...said('A request to this application inference profile', way.route, residency) }];
  });
}

/** A guardrail with cross-Region inference reads prompts and answers in the Regions of its own profile. */
function ofGuardrails({ stacks }: Judgement, { geographies }: Residency): Hit[] {
  if (geographies.length === 0) return [];
  return stacks.flatMap((stack) => stack.of('AWS::Bedrock::Guardrail')).flatMap((resource) => {
    const profile = at(resource.properties, 'CrossRegionConfig', 'GuardrailProfileArn');
    const prefix = typeof profile === 'string' ? /(?:^|\/)([a-z-]{2,20})\.guardrail\./.exec(profile)?.[1] : undefined;
    if (prefix === undefined || geographies.some((geography) => geography.prefix === prefix)) return [];
    return [{
      resource,
      path: 'Properties/CrossRegionConfig/GuardrailProfileArn',
      message: `The guardrail may be evaluated in the Regions of ${String(profile)}; only ${geographies.join(', ')} ${geographies.length === 1 ? 'is' : 'are'} allowed.`,
      fix: 'Name the guardrail profile of an allowed geography, or leave CrossRegionConfig out.',
      evidence: { given: profile, allowed: geographies.map((geography) => geography.prefix) },
    }];
  });
}

/** What is kept of prompts and answers stays in the geographies too. */
function ofStores({ stacks, cards }: Judgement, { geographies }: Residency): Hit[] {
  if (geographies.length === 0) return [];
  const prefixes = geographies.map(({ prefix }) => prefix);
  const isInside = (region: string) => cards.some((card) => card.geographiesOf(region).some(({ prefix }) => prefixes.includes(prefix)));
  return storesOf(stacks).filter(({ region }) => !isInside(region)).map(({ resource, path, what, region }) => ({
    resource,
    path,
    message: `${what} keeps prompts and answers in ${region}; only ${geographies.join(', ')} ${geographies.length === 1 ? 'is' : 'are'} allowed.`,
    fix: 'Keep them in a Region of an allowed geography.',
    evidence: { region, allowed: prefixes },
  }));
}

function leaves({ geography }: InferenceRoute, { geographies, forbidGlobal }: Residency): boolean {
  if (!geography) return forbidGlobal || geographies.length > 0;
  return geographies.length > 0 && !geographies.some(({ prefix }) => prefix === geography.prefix);
}

function said(what: string, { geography, destinationRegions, _card: card }: InferenceRoute, { geographies, forbidGlobal }: Residency): Omit<Hit, 'resource' | 'path'> {
  const allowed = geographies.length > 0 ? `only ${geographies.join(', ')} ${geographies.length === 1 ? 'is' : 'are'} allowed` : 'Global cross-Region inference is forbidden';
  return {
    message: `${what} may run in ${destinationRegions?.join(', ') ?? 'any commercial AWS Region'}; ${allowed}${!geography && forbidGlobal && geographies.length > 0 ? ', and Global cross-Region inference is forbidden' : ''}.`,
    fix: geographies.length > 0 ? `Name the inference profile of ${geographies.join(' or ')}, and allow no other.` : 'Name the inference profile of a geography, and allow no other.',
    evidence: {
      geography: geography?.prefix ?? GLOBAL_PREFIX,
      destinations: destinationRegions,
      allowed: geographies.map(({ prefix }) => prefix),
      ...cited(card),
    },
  };
}
