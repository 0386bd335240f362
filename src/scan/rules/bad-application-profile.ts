import { COPIED_PATH } from '../application-profiles';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-create.html */
export const BAD_APPLICATION_PROFILE: Rule = {
  id: 'bad-application-profile',
  severity: 'error',
  title: 'An application inference profile copies what cannot be copied there',
  check: ({ profiles }) => profiles.flatMap(({ resource, copied, way }) => {
    if (!('broken' in way) || !('card' in copied)) return [];
    const { card } = copied;
    const { region } = resource.stack.deployment;
    const ids = card.inferenceProfileIdsFrom(region);
    return [{
      resource,
      path: COPIED_PATH,
      message: `The application inference profile cannot be made: ${way.broken}.`,
      fix: ids.length > 0 ? `Copy the ARN of ${ids.join(' or ')} in ${region}.` : `Make it in a Region that serves ${card.name}: ${card.sourceRegions.join(', ')}.`,
      evidence: { given: String(copied.text), allowed: ids, ...cited(card) },
    }];
  }),
};
