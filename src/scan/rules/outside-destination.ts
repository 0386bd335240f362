import { ModelCard } from '../../catalog/model-card';
import { foundationModelArn, inferenceProfileArn } from '../../routing/arn';
import { partitionOf } from '../../routing/partition';
import { access, INVOKE, isAbout, STREAM } from '../access';
import { ApplicationProfile } from '../application-profiles';
import { ModelAccess, ModelGrant } from '../grants';
import { statementPlace } from '../places';
import { Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html */
export const OUTSIDE_DESTINATION: Rule = {
  id: 'outside-destination',
  severity: 'warning',
  title: 'The model is allowed in a Region in which no allowed inference profile runs',
  check: ({ grants, profiles }) => grants.filter(({ hasProfile, routes }) => hasProfile === true && routes.length > 0).flatMap((granted) => {
    const { principal, card, models } = granted;
    const outside = models.filter(({ region }) => region !== undefined && region !== '' && !card.isInRegionOnRuntime(region)).filter((grant) => !isReached(granted, grant, profiles));
    const byStatement = new Map<ModelGrant['statement'], ModelGrant[]>();
    for (const grant of outside) byStatement.set(grant.statement, [...byStatement.get(grant.statement) ?? [], grant]);
    return [...byStatement].map(([statement, those]) => ({
      ...statementPlace(those[0].policy, statement),
      message: `${principal.name} may call ${card.name} in ${those.map(({ region }) => region).join(', ')}, where no inference profile that it may call ever runs: `
        + `${granted.routes.map(({ route }) => `${route.inferenceProfileId} from ${route.sourceRegion} runs in ${route.destinationRegions?.join(', ') ?? 'the Regions that AWS chooses'}`).join('; ')}.`,
      fix: `Leave ${those.map(({ arn }) => arn).join(', ')} out.`,
      evidence: { grants: those.map(({ arn }) => arn), sid: statement.sid, source: card.sourceUrl, asOf: card.asOf },
    }));
  }),
};

/** Whether some profile that the principal may call reaches the model in the Region of a grant, and the grant lets it. */
function isReached({ principal, card }: ModelAccess, { statement, region, policy }: ModelGrant, profiles: readonly ApplicationProfile[]): boolean {
  const { account } = policy.resource.stack.deployment;
  const resource = foundationModelArn(region!, card.modelId);
  return waysTo(card, region!, account, profiles).some(({ source, arn, tags }) => [INVOKE, STREAM].some((action) =>
    access(principal, { action, resource: arn, region: source, tags }).outcome !== 'denied'
    && isAbout(principal, statement, { action, resource, region: region!, through: [arn] })));
}

/** The profiles that may run in a Region, and from where each is called. */
function waysTo(card: ModelCard, region: string, account: string, profiles: readonly ApplicationProfile[]) {
  const system = card.sourceRegions.flatMap((source) => [
    ...card.geographiesOf(source).filter((geography) => card.destinationRegions(geography, source)!.includes(region)).map((geography) => card.inferenceProfileId(geography)),
    ...source === region && card.isGlobalSource(source) ? [card.inferenceProfileId()] : [],
  ].flatMap((id) => [
    { source, arn: inferenceProfileArn(source, account, id), tags: {} },
    // What an application profile elsewhere copies is not known.
    { source, arn: `arn:${partitionOf(source)}:bedrock:${source}:${account}:application-inference-profile/elsewhere`, tags: {} },
  ]));
  return [...system, ...profiles.filter(({ way }) => 'route' in way).map(({ arn, tags, resource }) => ({ source: resource.stack.deployment.region, arn, tags }))];
}
