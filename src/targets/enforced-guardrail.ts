import { IInvocableModel, InferenceEndpoint } from './invocable-model';
import { checkGuardrailArn, GUARDRAIL_ARN } from '../construct/guardrail-arn';
import { knownToDiffer } from '../construct/tokens';
import { HaikuError, shown } from '../private/errors';

/** Refuses what cannot be enforced on calls of a target: AWS enforces the guardrail of the Region that a call is sent to, on bedrock-runtime alone. */
export function checkEnforcedGuardrail(arn: string, { endpoint, sourceRegion, node }: IInvocableModel): void {
  checkGuardrailArn('enforcedGuardrailArn', arn, 'Name the guardrail that is enforced by its ARN, whatever its version.');
  if (endpoint === InferenceEndpoint.BEDROCK_MANTLE) {
    throw new HaikuError(`enforcedGuardrailArn is not available on bedrock-mantle, which has no guardrails, got ${shown(arn)} for ${shown(node.path)}. Leave it out.`);
  }
  const region = GUARDRAIL_ARN.exec(arn)?.[1];
  if (!knownToDiffer(region, sourceRegion)) return;
  throw new HaikuError(
    `enforcedGuardrailArn is of another Region, got ${shown(arn)}; expected one in ${shown(sourceRegion)}, where the calls are sent. Name the guardrail that is enforced there.`);
}
