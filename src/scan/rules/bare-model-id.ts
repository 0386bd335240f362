import { callPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
export const BARE_MODEL_ID: Rule = {
  id: 'bare-model-id',
  severity: 'error',
  title: 'A call names the model itself, which has no on-demand inference there',
  check: ({ calls }) => calls.filter(({ outcome, reference }) => outcome.kind === 'bare' || (outcome.kind === 'unpublished' && 'id' in reference && !/^[A-Za-z-]+\.[a-z]+\./.test(reference.id)))
    .map((call) => {
      const { card, name, caller } = call;
      const { region } = caller.resource.stack.deployment;
      const ids = card.inferenceProfileIdsFrom(region);
      return {
        ...callPlace(call),
        message: `${String(name.value)} is no inference profile: on bedrock-runtime ${card.name} has no on-demand inference by the model's own ID in ${region}.`,
        fix: ids.length > 0 ? `Name an inference profile: ${ids.join(' or ')}.` : `Call ${card.name} from a Region that has it: ${card.sourceRegions.join(', ')}.`,
        evidence: { given: String(name.value), allowed: ids, ...cited(card) },
      };
    }),
};
