import { ModelCard } from '../../catalog/model-card';
import { ModelAccess } from '../grants';
import { statementPlace } from '../places';
import { Principal } from '../principals';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html */
export const MISSING_PROFILE_GRANT: Rule = {
  id: 'missing-profile-grant',
  severity: 'error',
  title: 'The model is allowed, and no inference profile through which it is called',
  check: ({ grants }) => grants.filter(isWithoutProfile).map(({ models: [{ policy, statement, arn }], principal, card }) => {
    const { region, account } = policy.resource.stack.deployment;
    const ids = card.inferenceProfileIdsFrom(region);
    return {
      ...statementPlace(policy, statement),
      message: `${principal.name} may call ${arn}, and no inference profile of ${card.name}: without one the model has no on-demand inference.`,
      fix: `Allow the same actions on the inference profile that is called${ids.length > 0 ? `, such as arn:aws:bedrock:${region}:${account}:inference-profile/${ids[0]}` : ''}, and on the model in each of its destination Regions.`,
      evidence: { grant: arn, allowed: ids, ...cited(card) },
    };
  }),
};

/** Whether the policies of a principal name the model and no profile of it: then that is what is wrong with its calls, too. */
export function lacksEveryProfile(grants: readonly ModelAccess[], principal: Principal, card: ModelCard): boolean {
  return grants.some((grant) => grant.principal === principal && grant.card === card && isWithoutProfile(grant));
}

function isWithoutProfile({ models, profiles, hasProfile, card }: ModelAccess): boolean {
  return hasProfile === false && models.length > 0 && profiles.length === 0
    && !models.every(({ region }) => region !== undefined && card.isInRegionOnRuntime(region));
}
