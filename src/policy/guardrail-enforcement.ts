import { EndpointStatement } from './endpoint-statements';

/** A guardrail that is enforced in a Region, as the APIs have it. All values may be tokens. */
export interface Enforcement {
  readonly guardrailArn: string;
  readonly guardrailVersion: string;
  /** What of system prompts and of messages is looked at: `COMPREHENSIVE` or `SELECTIVE`. */
  readonly system: string;
  readonly messages: string;
  /** The IDs of models; empty for all. */
  readonly includedModels: string[];
  readonly excludedModels: string[];
}

/**
 * The content of an Amazon Bedrock policy of AWS Organizations: a guardrail for each Region.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_bedrock_syntax.html
 */
export function bedrockPolicy(enforcements: Record<string, Enforcement>): object {
  const assign = (value: unknown) => ({ '@@assign': value });
  const regions = Object.entries(enforcements).map(([region, { guardrailArn, guardrailVersion, system, messages, ...models }]) => [region, {
    enforced: {
      identifier: assign(`${guardrailArn}:${guardrailVersion}`),
      selective_content_guarding: { system: assign(system.toLowerCase()), messages: assign(messages.toLowerCase()) },
      model_enforcement: {
        included_models: assign(models.includedModels.length > 0 ? models.includedModels : ['ALL']),
        excluded_models: assign(models.excludedModels),
      },
    },
  }]);
  return { bedrock: { guardrail_inference: Object.fromEntries(regions) as object } };
}

/**
 * The statement of a guardrail's resource policy that lets an organization apply it. AWS takes it in this form and in few others.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html
 */
export function shareStatement(guardrailArn: string, organizationId: string): EndpointStatement {
  return {
    Effect: 'Allow',
    Principal: '*',
    Action: ['bedrock:GetGuardrail', 'bedrock:ApplyGuardrail'],
    Resource: [guardrailArn],
    Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
  };
}
