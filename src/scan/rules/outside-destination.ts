import { foundationModelArn } from '../../routing/arn';
import { partitionOf } from '../../routing/partition';
import { INVOKE, isAbout, STREAM } from '../access';
import { isDenied } from '../calls';
import { ModelAccess, ModelGrant } from '../grants';
import { statementPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html */
export const OUTSIDE_DESTINATION: Rule = {
  id: 'outside-destination',
  severity: 'warning',
  title: 'The model is allowed in a Region in which no allowed inference profile runs',
  check: (judgement) => judgement.grants.filter(({ hasProfile, routes }) => hasProfile === true && routes.length > 0).flatMap((granted) => {
    const { principal, card, models } = granted;
    // What is granted in vain in a destination is told of there.
    const failing = judgement.accessesOf(principal, card)
      .flatMap(({ access: { main } }) => main.models.filter((check) => isDenied(main, check)).map(({ region }) => region));
    const outside = models.filter((grant) => grant.region && !failing.includes(grant.region)
      && !card.isInRegionOnRuntime(grant.region) && !isReached(granted, grant));
    const byStatement = new Map<ModelGrant['statement'], ModelGrant[]>();
    for (const grant of outside) byStatement.set(grant.statement, [...byStatement.get(grant.statement) ?? [], grant]);
    return [...byStatement].map(([statement, those]) => ({
      ...statementPlace(those[0].policy, statement),
      message: `${principal.name} may call ${card.name} in ${those.map(({ region }) => region).join(', ')}, where no inference profile that it may call ever runs: `
        + `${granted.routes.map(({ route }) => `${route.inferenceProfileId} from ${route.sourceRegion} runs in ${route.destinationRegions?.join(', ') ?? 'the Regions that AWS chooses'}`).join('; ')}.`,
      fix: `Leave ${those.map(({ arn }) => arn).join(', ')} out.`,
      evidence: { grants: those.map(({ arn }) => arn), sid: statement.sid, ...cited(card) },
    }));
  }),
};

/** Whether some profile that the principal may call runs in the Region of a grant, and the grant lets it. */
function isReached({ principal, card, callable }: ModelAccess, { statement, region, policy }: ModelGrant): boolean {
  const resource = foundationModelArn(region!, card.modelId, partitionOf(policy.resource.stack.deployment.region));
  return callable.filter(({ reaches }) => reaches === undefined || reaches.includes(region!))
    .some(({ arn }) => [INVOKE, STREAM].some((action) => isAbout(principal, statement, { action, resource, region: region!, through: [arn] })));
}
