import { distinct } from './bedrock-metrics';
import { InvokerGroup } from './invoker-group';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { checkedModel } from '../construct/checked-props';
import { HaikuError, isDeployTimeValue, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, listOf, NUMBER, oneOf, PropKinds, struct } from '../private/prop-kind';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * What an account may ask of a model in a minute, where that is not what AWS gives by default. New accounts often start lower.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html
 */
export interface AccountQuota {
  /**
   * The model.
   *
   * @default ModelCard.CLAUDE_HAIKU_4_5
   */
  readonly model?: ModelCard | undefined;

  /**
   * The inference option that the quota is for.
   *
   * @default - each of them
   */
  readonly inferenceOption?: InferenceOption | undefined;

  /**
   * Requests a minute, as Service Quotas shows them.
   *
   * @default - AWS's default, as the model's card has it
   */
  readonly requestsPerMinute?: number | undefined;

  /**
   * Tokens a minute, as Service Quotas shows them.
   *
   * @default - AWS's default, as the model's card has it
   */
  readonly tokensPerMinute?: number | undefined;
}

/** Invokers that draw on the same quotas. */
export interface QuotaGroup {
  readonly group: InvokerGroup;
  readonly name: string;
  /** What they call, each once. */
  readonly targets: IInvocableModel[];
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** The list of them, whose items have checks of their own. */
export const QUOTAS = listOf(struct(''), 'a list of AccountQuota', 'a list of quotas, each with, for example, tokensPerMinute');

const KINDS: PropKinds<AccountQuota> = {
  model: JUDGED_ELSEWHERE,
  inferenceOption: oneOf('InferenceOption', InferenceOption),
  requestsPerMinute: NUMBER,
  tokensPerMinute: NUMBER,
};

/** Refuses what is no quota. */
export function checkQuotas(quotas: AccountQuota[] = []): void {
  for (const quota of quotas) {
    checkKinds<AccountQuota>('quotas', quota, KINDS, 'quotas.');
    checkedModel(quota.model);
    for (const name of ['requestsPerMinute', 'tokensPerMinute'] as const) {
      const value = quota[name];
      if (value === undefined || isDeployTimeValue(value) || value > 0 && value < Infinity) continue;
      throw new HaikuError(`quotas.${name} is out of range, got ${shown(value)}; expected a number above 0. Pass what Service Quotas shows for the account, or leave it out.`);
    }
  }
}

/** The invokers by the quotas that they draw on: those of a model, an inference option and a source Region. */
export function quotaGroups(invokers: InvokerGroup, quotas: AccountQuota[] = []): QuotaGroup[] {
  const sharing = invokers.by(({ target: { model, inferenceOption, sourceRegion } }) =>
    JSON.stringify([model.modelId, inferenceOption, sourceRegion]));
  return [...sharing.values()].map((group) => {
    const targets = distinct(group.members.map(({ invoker: { target } }) => target));
    const [{ model, inferenceOption }] = targets;
    const own = quotas.find((quota) =>
      checkedModel(quota.model).modelId === model.modelId && (quota.inferenceOption ?? inferenceOption) === inferenceOption);
    return {
      group,
      name: `${model.name} (${inferenceOption})`,
      targets,
      requestsPerMinute: own?.requestsPerMinute ?? published(model, inferenceOption, /\brequests per minute\b/i),
      tokensPerMinute: own?.tokensPerMinute ?? published(model, inferenceOption, /(?:^|model inference )tokens per minute\b/i),
    };
  });
}

/** AWS's default for an account. The quotas of a card have no other mark of what they count than their names. */
function published(card: ModelCard, option: InferenceOption, named: RegExp): number | undefined {
  return card.quotasOf(option).find(({ name, defaultValue }) => named.test(name) && defaultValue !== undefined)?.defaultValue;
}
