import { STREAM } from '../access';
import { isDenied } from '../calls';
import { policyPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html */
export const MISSING_STREAMING: Rule = {
  id: 'missing-streaming',
  severity: 'warning',
  title: 'Answers are streamed, and streaming is not allowed for all of the call',
  check: ({ accesses }) => accesses.flatMap(({ access, calls }) => {
    const { main, stream, state, principal, card, route } = access;
    if (state !== 'complete' || main === stream) return [];
    const refused = [stream.profile, ...stream.models].filter((check) => isDenied(stream, check));
    const some = refused.length < stream.models.length + 1;
    const streams = calls.map(({ caller }) => caller.streams).find((why) => why !== undefined);
    if (refused.length === 0 || (streams === undefined && !some)) return [];
    return [{
      ...policyPlace(access, refused),
      message: `${principal.name} may call ${route.inferenceProfileId}, and not stream its answers: ${STREAM} is allowed ${some ? 'on a part of the call only' : 'nowhere'}${streams === undefined ? '' : `, and ${streams}`}.`,
      fix: `Allow ${STREAM} wherever ${main.action} is allowed.`,
      evidence: { request: { action: STREAM, resource: stream.named }, ...cited(card) },
    }];
  }),
};
