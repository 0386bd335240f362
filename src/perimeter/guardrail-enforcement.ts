import { Token } from 'aws-cdk-lib/core';
import { ModelCard } from '../catalog/model-card';
import { checkGuardrailArn } from '../construct/guardrail-arn';
import { Enforcement } from '../policy/guardrail-enforcement';
import { HaikuError, shown } from '../private/errors';
import { JUDGED_ELSEWHERE, listOf, oneOf, PropKind, PropKinds } from '../private/prop-kind';

/**
 * What of a request an enforced guardrail looks at.
 */
export enum GuardedContent {
  /** All of it, whatever the caller marks. */
  COMPREHENSIVE = 'COMPREHENSIVE',
  /** What the caller marks as content to guard. Of system prompts without marks nothing is looked at, of messages without marks all. */
  SELECTIVE = 'SELECTIVE',
}

/**
 * A guardrail that is enforced on calls of a Region, by an account or an organization.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html
 */
export interface GuardrailEnforcement {
  /**
   * The ARN of the guardrail, without a version. It is enforced in its own Region.
   */
  readonly guardrailArn: string;

  /**
   * The version: a number as text, from `1`. AWS enforces no working draft.
   */
  readonly guardrailVersion: string;

  /**
   * What of system prompts it looks at.
   *
   * @default GuardedContent.COMPREHENSIVE
   */
  readonly systemPrompts?: GuardedContent | undefined;

  /**
   * What of messages it looks at.
   *
   * @default GuardedContent.COMPREHENSIVE
   */
  readonly messages?: GuardedContent | undefined;

  /**
   * The models on whose calls it is enforced.
   *
   * @default - all models
   */
  readonly includedModels?: ModelCard[] | undefined;

  /**
   * The models on whose calls it is not enforced.
   *
   * @default - none
   */
  readonly excludedModels?: ModelCard[] | undefined;
}

const CARD: PropKind = { noun: 'a ModelCard', expected: 'a ModelCard', holds: (value) => ModelCard._own(value) !== undefined };
const MODELS = listOf(CARD, 'a list of ModelCards', 'a list such as [ModelCard.CLAUDE_HAIKU_4_5]');
const CONTENT = oneOf('GuardedContent', GuardedContent);

export const ENFORCEMENT_KINDS: PropKinds<GuardrailEnforcement> = {
  guardrailArn: JUDGED_ELSEWHERE,
  guardrailVersion: JUDGED_ELSEWHERE,
  systemPrompts: CONTENT,
  messages: CONTENT,
  includedModels: MODELS,
  excludedModels: MODELS,
};

/** The enforcement as the APIs have it. Throws if the guardrail or its version is not one that can be enforced. */
export function enforcementOf(given: GuardrailEnforcement): Enforcement {
  const { guardrailArn, guardrailVersion, systemPrompts, messages, includedModels = [], excludedModels = [] } = given;
  checkGuardrailArn('guardrailArn', guardrailArn, 'Name the guardrail by its ARN; the version is a prop of its own.');
  const isNumber = typeof guardrailVersion === 'string' && (Token.isUnresolved(guardrailVersion) || /^[1-9]\d{0,7}$/.test(guardrailVersion));
  if (!isNumber) {
    throw new HaikuError(
      `guardrailVersion is not a version that can be enforced, got ${shown(guardrailVersion)}; expected a number from "1" to "99999999". Publish a version, and name its number.`);
  }
  const idsOf = (models: ModelCard[]) => models.map((model) => ModelCard._own(model)!.modelId);
  return {
    guardrailArn,
    guardrailVersion,
    system: systemPrompts ?? GuardedContent.COMPREHENSIVE,
    messages: messages ?? GuardedContent.COMPREHENSIVE,
    includedModels: idsOf(includedModels),
    excludedModels: idsOf(excludedModels),
  };
}
