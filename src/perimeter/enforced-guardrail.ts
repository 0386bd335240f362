import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENFORCEMENT_KINDS, enforcementOf, GuardrailEnforcement } from './guardrail-enforcement';
import { GUARDRAIL_ARN } from '../construct/guardrail-arn';
import { knownToDiffer } from '../construct/tokens';
import { HaikuError, shown } from '../private/errors';
import { checkKinds } from '../private/prop-kind';

/**
 * A guardrail that the account enforces on every call of InvokeModel and Converse in the Region of the stack, whether the call names one or not.
 *
 * Creates the account's one `AWS::Bedrock::EnforcedGuardrailConfiguration` of this Region. From then on calls of principals fail that may not
 * apply the guardrail: grant with `enforcedGuardrailArn` first, for example `haiku.grants.invoke(role, { enforcedGuardrailArn })`.
 *
 * Throws if the guardrail is of another Region, or its version is not a number.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html
 */
export class EnforcedGuardrail extends Construct {
  /** The ARN of the guardrail, for the grants of those who call. */
  public readonly guardrailArn: string;

  constructor(scope: Construct, id: string, props: GuardrailEnforcement) {
    super(scope, id);
    checkKinds<GuardrailEnforcement>('EnforcedGuardrail', props, ENFORCEMENT_KINDS);
    const { guardrailArn, guardrailVersion, system, messages, includedModels, excludedModels } = enforcementOf(props);
    const [there, here] = [GUARDRAIL_ARN.exec(guardrailArn)?.[1], Stack.of(this).region];
    if (knownToDiffer(there, here)) {
      throw new HaikuError(`guardrailArn is of another Region, got ${shown(guardrailArn)}; expected one in ${shown(here)}, where the stack enforces it. Enforce it in a stack of its Region.`);
    }
    this.guardrailArn = guardrailArn;
    // Older releases of the CDK have no class for it.
    new CfnResource(this, 'Resource', {
      type: 'AWS::Bedrock::EnforcedGuardrailConfiguration',
      properties: {
        GuardrailIdentifier: guardrailArn,
        GuardrailVersion: guardrailVersion,
        SelectiveContentGuarding: { System: system, Messages: messages },
        ...includedModels.length + excludedModels.length > 0 && {
          ModelEnforcement: { IncludedModels: includedModels.length > 0 ? includedModels : ['ALL'], ExcludedModels: excludedModels },
        },
      },
    });
  }
}
