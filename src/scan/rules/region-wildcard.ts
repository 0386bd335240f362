import { statementPlace } from '../places';
import { cited, Rule } from '../rule';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html */
export const REGION_WILDCARD: Rule = {
  id: 'region-wildcard',
  severity: 'warning',
  title: 'The model is allowed in every Region, through any inference profile',
  check: ({ grants }) => grants.filter(({ hasProfile }) => hasProfile !== false).flatMap(({ models, principal, card }) =>
    models.filter(({ anywhere, open }) => anywhere && open).map(({ policy, statement, arn }) => ({
      ...statementPlace(policy, statement),
      message: `${principal.name} may call ${arn}, in any Region and without a condition: what keeps it where it runs today is only which inference profiles its policies allow.`,
      fix: 'Name the destination Regions of the inference profile, under a condition on bedrock:InferenceProfileArn.',
      evidence: { grant: arn, sid: statement.sid, ...cited(card) },
    }))),
};
