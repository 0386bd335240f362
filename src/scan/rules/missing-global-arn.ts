import { NO_REGION } from '../../routing/route';
import { isDenied } from '../calls';
import { policyPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html */
export const MISSING_GLOBAL_ARN: Rule = {
  id: 'missing-global-arn',
  severity: 'error',
  title: 'The model without a Region is not allowed, which global inference needs',
  check: ({ accesses }) => accesses.flatMap(({ access }) => {
    const { main, card, route, principal } = access;
    const refused = main.models.filter((check) => check.region === NO_REGION && isDenied(main, check));
    if (refused.length === 0 || isDenied(main, main.profile)) return [];
    const [{ arn, statement }] = refused;
    return [{
      ...policyPlace(access, refused),
      message: `${principal.name} may call ${route.inferenceProfileId}, and not the model without a Region, ${arn}, which AWS checks with aws:RequestedRegion = "${NO_REGION}": `
        + `${statement ? 'a Deny refuses it' : 'no statement allows that'}.`,
      fix: `Allow ${main.action} on ${arn}, under aws:RequestedRegion = "${NO_REGION}" if there is such a condition.`,
      evidence: { request: { action: main.action, resource: arn, requestedRegion: NO_REGION, through: main.named }, ...cited(card) },
    }];
  }),
};
