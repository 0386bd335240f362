import { lacksEveryProfile } from './missing-profile-grant';
import { Call, isDenied } from '../calls';
import { mayInvoke } from '../grants';
import { AccessOfCalls } from '../judgement';
import { callPlace, policyPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html */
export const ROLE_CANNOT_USE_PROFILE: Rule = {
  id: 'role-cannot-use-profile',
  severity: 'error',
  title: 'What calls an inference profile may not use it',
  check: ({ accesses, grants }) => accesses.flatMap(({ access, calls }) => {
    const { main, principal, card, route } = access;
    if (!isDenied(main, main.profile) || lacksEveryProfile(grants, principal, card)) return [];
    if (calls.length > 0 && calls.every((call) => handsOn(call, accesses))) return [];
    const { policy, statement } = main.profile;
    const why = policy && policy === principal.boundary ? 'its permissions boundary does not let it' : statement?.effect === 'Deny' ? 'a Deny refuses it' : 'no statement allows it';
    // Without a known call the grant that never applies is what is wrong.
    const places = calls.length > 0 ? calls.map(callPlace) : [policyPlace(access, [main.profile])];
    return places.map((place) => ({
      ...place,
      message: `${principal.name} may not call ${main.named} from ${route.sourceRegion}: ${why}.`,
      fix: `Allow ${main.action} on it${policy && policy === principal.boundary ? ', in the permissions boundary too' : ''}, and on the model in every destination Region.`,
      evidence: { request: { action: main.action, resource: main.named, requestedRegion: route.sourceRegion }, ...cited(card) },
    }));
  }),
};

/**
 * Whether a variable is there only to be handed on, or because all functions of a stack have it: who has it may call no model at all, and
 * another one in the same stack calls this one.
 */
function handsOn({ caller, outcome }: Call, accesses: readonly AccessOfCalls[]): boolean {
  if (caller.certain || outcome.kind !== 'judged' || mayInvoke(outcome.access.principal)) return false;
  const { _key: key } = outcome.access.route;
  const { stack } = caller.resource;
  return accesses.some(({ access, calls }) => access.state === 'complete' && access.route._key === key && calls.some((call) => call.caller.resource.stack === stack));
}
