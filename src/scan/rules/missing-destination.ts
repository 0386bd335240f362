import { isDenied } from '../calls';
import { policyPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html */
export const MISSING_DESTINATION: Rule = {
  id: 'missing-destination',
  severity: 'error',
  title: 'A Region in which the request may run is not allowed',
  check: ({ accesses }) => accesses.flatMap(({ access }) => {
    const { main, card, route, principal } = access;
    const refused = main.models.filter((check) => isDenied(main, check));
    const isWithoutRegion = refused.some(({ arn }) => arn.includes(':bedrock:::'));
    if (refused.length === 0 || isDenied(main, main.profile) || isWithoutRegion) return [];
    const regions = refused.map(({ region }) => region);
    return [{
      ...policyPlace(access, refused),
      message: `${principal.name} may call ${route.inferenceProfileId} from ${route.sourceRegion}, and the model not in ${regions.join(', ')}: `
        + `${refused[0].statement ? 'a Deny refuses it' : 'no statement allows it'}. One blocked destination fails the whole call.`,
      fix: `Allow ${main.action} on ${refused.map(({ arn }) => arn).join(', ')} through the inference profile${refused[0].statement ? ', and leave these Regions out of the Deny' : ''}.`,
      evidence: {
        request: { action: main.action, resources: refused.map(({ arn }) => arn), through: main.named },
        destinations: main.models.map(({ region }) => region),
        ...cited(card),
      },
    }];
  }),
};
