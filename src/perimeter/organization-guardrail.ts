import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Annotations, CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENFORCEMENT_KINDS, enforcementOf, GuardrailEnforcement } from './guardrail-enforcement';
import { GUARDRAIL_ARN } from '../construct/guardrail-arn';
import { bedrockPolicy, Enforcement, shareStatement } from '../policy/guardrail-enforcement';
import { policyDocument } from '../policy/statement';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, listOf, required, TEXT } from '../private/prop-kind';

/**
 * The guardrails that an organization enforces.
 */
export interface OrganizationGuardrailProps {
  /**
   * The guardrails of the management account, one for each Region.
   */
  readonly enforcements: GuardrailEnforcement[];

  /**
   * The ID of the organization, such as `o-a1b2c3d4e5`. Its accounts may then apply the guardrails of the stack's Region.
   */
  readonly organizationId: string;

  /**
   * The name of the policy.
   *
   * @default - the ID of the construct
   */
  readonly policyName?: string | undefined;

  /**
   * The IDs of the root, the organizational units or the accounts that the policy is attached to.
   *
   * @default - none: the policy is made, and enforces nothing yet
   */
  readonly targetIds?: string[] | undefined;
}

/** @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const MOST_CHARACTERS = 10_000;

/**
 * Guardrails that an organization enforces on the calls of its accounts: an Amazon Bedrock policy (`BEDROCK_POLICY`), for a stack of the
 * management account.
 *
 * Creates the policy, and a resource policy for each guardrail of the stack's Region, without which no account may apply it. From then on
 * calls of principals fail that may not apply the guardrail themselves: grant with `enforcedGuardrailArn` first, for example
 * `haiku.grants.invoke(role, { enforcedGuardrailArn })`. Warns with the id `cdk-bedrock-haiku:OrganizationGuardrail.notShared` of guardrails
 * in other Regions, which a stack there must share.
 *
 * Throws if two guardrails are of one Region, or one cannot be enforced.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_bedrock_syntax.html
 */
export class OrganizationGuardrail extends Construct {
  /** The ID of the policy, known when the stack is deployed. */
  public readonly policyId: string;

  constructor(scope: Construct, id: string, props: OrganizationGuardrailProps) {
    super(scope, id);
    checkKinds<OrganizationGuardrailProps>('OrganizationGuardrail', props, {
      enforcements: JUDGED_ELSEWHERE, organizationId: required(TEXT), policyName: TEXT, targetIds: listOf(TEXT, 'a list of IDs', 'a list such as ["ou-ab12-cdefgh34"]'),
    });
    const { enforcements, organizationId, policyName = id, targetIds } = props;
    if (!Token.isUnresolved(organizationId) && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
      throw new HaikuError(`organizationId is not the ID of an organization, got ${shown(organizationId)}; expected one such as "o-a1b2c3d4e5". The console of AWS Organizations shows it.`);
    }
    const byRegion = this.byRegion(enforcements);
    const content = bedrockPolicy(Object.fromEntries(byRegion));
    const characters = JSON.stringify(content).length;
    if (characters > MOST_CHARACTERS) {
      throw new HaikuError(`enforcements are too long for a policy, got ${characters} characters; expected at most ${MOST_CHARACTERS}. Name fewer models, or make several policies.`);
    }
    this.policyId = new CfnPolicy(this, 'Resource', { name: policyName, type: 'BEDROCK_POLICY', content, targetIds }).attrId;
    for (const [region, { guardrailArn }] of byRegion) this.share(region, guardrailArn, organizationId);
  }

  private byRegion(enforcements: GuardrailEnforcement[]): Map<string, Enforcement> {
    if (!Array.isArray(enforcements) || enforcements.length === 0) {
      throw new HaikuError(`enforcements is not a list with anything in it, got ${shown(enforcements)}; expected a guardrail for each Region. Name at least one.`);
    }
    const found = new Map<string, Enforcement>();
    for (const given of enforcements) {
      checkKinds<GuardrailEnforcement>('enforcements', given, ENFORCEMENT_KINDS, 'enforcements.');
      const enforcement = enforcementOf(given);
      const region = GUARDRAIL_ARN.exec(enforcement.guardrailArn)?.[1] ?? Stack.of(this).region;
      if (Token.isUnresolved(region)) {
        throw new HaikuError('enforcements have a guardrail whose Region is known only when it is deployed, got an unresolved token; expected its ARN, or a stack with a Region. '
          + 'The policy names the Region: give the stack an env.');
      }
      if (found.has(region)) {
        throw new HaikuError(`enforcements have two guardrails of one Region, got ${shown(region)} twice; expected one in each, since AWS enforces no more. Leave one of them out.`);
      }
      found.set(region, enforcement);
    }
    return found;
  }

  private share(region: string, guardrailArn: string, organizationId: string): void {
    if (region === Stack.of(this).region) {
      // Older releases of the CDK have no class for it.
      new CfnResource(this, 'Share', {
        type: 'AWS::Bedrock::ResourcePolicy',
        properties: { ResourceArn: guardrailArn, PolicyDocument: policyDocument([shareStatement(guardrailArn, organizationId)]) },
      });
      return;
    }
    Annotations.of(this).addWarningV2('cdk-bedrock-haiku:OrganizationGuardrail.notShared',
      `The guardrail ${guardrailArn} is of another Region than this stack, which cannot share it, so the calls of other accounts would fail there. Attach this resource policy to it:\n`
      + JSON.stringify(policyDocument([shareStatement(guardrailArn, organizationId)]), undefined, 2));
  }
}
