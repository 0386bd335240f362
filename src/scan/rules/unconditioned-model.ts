import { ModelGrant } from '../grants';
import { statementPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html */
export const UNCONDITIONED_MODEL: Rule = {
  id: 'unconditioned-model',
  severity: 'warning',
  title: 'The model is allowed without a condition on the inference profile',
  check: ({ grants }) => grants.filter(({ hasProfile }) => hasProfile !== false).flatMap(({ models, principal, card }) => {
    const open = models.filter((grant) => grant.open && !grant.anywhere && (grant.region === undefined || !card.isInRegionOnRuntime(grant.region)));
    const byStatement = new Map<ModelGrant['statement'], ModelGrant[]>();
    for (const grant of open) byStatement.set(grant.statement, [...byStatement.get(grant.statement) ?? [], grant]);
    return [...byStatement].map(([statement, those]) => ({
      ...statementPlace(those[0].policy, statement),
      message: `${principal.name} may call ${card.name} in ${those.map(({ region, arn }) => region === undefined ? arn.split(':')[3] : region || 'no particular Region').join(', ')} through any inference profile: nothing ties the model to the one that is meant.`,
      fix: 'Add a condition on bedrock:InferenceProfileArn with the ARN of the inference profile that is called.',
      evidence: { grants: those.map(({ arn }) => arn), sid: statement.sid, ...cited(card) },
    }));
  }),
};
