import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import type { RateOptions } from '../contract/bulk-queue';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKind, checkKinds, checkWholeNumber, NUMBER, PropKinds, required } from '../private/prop-kind';

/**
 * Quotas of an account, as Service Quotas shows them.
 */
export interface BulkRateLimits {
  /**
   * Requests a minute.
   */
  readonly requestsPerMinute: number;

  /**
   * Tokens a minute: input, and all the output that a request asks for when it begins.
   */
  readonly tokensPerMinute: number;

  /**
   * Tokens a day, in UTC.
   *
   * @default - not counted
   */
  readonly tokensPerDay?: number | undefined;

  /**
   * How many tokens of the quota one token of output takes when an answer has come.
   *
   * @default 5 - as documented for Claude Haiku 4.5
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html
   */
  readonly outputTokenWeight?: number | undefined;
}

const LIMITS: PropKinds<BulkRateLimits> = {
  requestsPerMinute: required(NUMBER), tokensPerMinute: required(NUMBER), tokensPerDay: NUMBER, outputTokenWeight: NUMBER,
};
const OUTPUT_WEIGHT = 5;

/**
 * How fast work in bulk may call the model. A quota counts for all callers of an account in a Region, so leave room for the others.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html
 */
export class BulkRate {
  /**
   * A part of the default quotas on the model's card, for the inference option of the target. New accounts often have less: look at
   * Service Quotas, and pass what it says to `BulkRate.of(...)`.
   *
   * Throws if the part is not greater than 0 and at most 1. The construct throws if the card has no such quotas.
   *
   * @param part - 1 if left out
   */
  public static ofCard(part: number = 1): BulkRate {
    checkKind('part', part, required(NUMBER));
    if (part > 0 && part <= 1) return new BulkRate(FACTORY, part);
    throw new HaikuError(`part is out of range, got ${shown(part)}; expected more than 0 and at most 1. For less than nothing of a quota, make no HaikuQueue.`);
  }

  /**
   * These quotas.
   *
   * Throws if one of them is not a whole number of at least 1.
   */
  public static of(limits: BulkRateLimits): BulkRate {
    checkKinds('BulkRate.of', limits, LIMITS);
    const { requestsPerMinute, tokensPerMinute, tokensPerDay, outputTokenWeight = OUTPUT_WEIGHT } = limits;
    const advice = 'With a quota of 0 nothing would ever be asked: ask AWS for more in Service Quotas.';
    checkWholeNumber('requestsPerMinute', requestsPerMinute, [1], advice);
    checkWholeNumber('tokensPerMinute', tokensPerMinute, [1], advice);
    checkWholeNumber('tokensPerDay', tokensPerDay, [1], advice);
    checkWholeNumber('outputTokenWeight', outputTokenWeight, [1], 'An output token takes at least one token of the quota.');
    return new BulkRate(FACTORY, undefined, { requestsPerMinute, tokensPerMinute, tokensPerDay, outputWeight: outputTokenWeight });
  }

  /** @internal */
  public readonly _part?: number;
  /** @internal */
  public readonly _limits?: RateOptions;

  private constructor(caller: symbol, part?: number, limits?: RateOptions) {
    onlyByFactory(caller, 'BulkRate', 'BulkRate.ofCard(...) or BulkRate.of(...)');
    this._part = part;
    this._limits = limits;
  }
}

brand(BulkRate, 'BulkRate');

/** The rate in numbers. Throws if it is a part of quotas that the card does not have. */
export function rateFor({ _part: part = 1, _limits: limits }: BulkRate, card: ModelCard, option: InferenceOption): RateOptions {
  if (limits) return limits;
  const quota = (of: RegExp) => card.quotasOf(option).find(({ name, defaultValue }) => of.test(name) && defaultValue)?.defaultValue;
  const [requests, tokens] = [quota(/requests per minute/i), quota(/tokens per minute/i)];
  if (requests !== undefined && tokens !== undefined) {
    const [requestsPerMinute, tokensPerMinute] = [requests, tokens].map((whole) => Math.max(Math.floor(whole * part), 1));
    return { requestsPerMinute, tokensPerMinute, outputWeight: OUTPUT_WEIGHT };
  }
  throw new HaikuError(
    `rate is not known for this target, got BulkRate.ofCard(...): the card of ${card.name} has no quotas for ${option} inference (as of ${card.asOf}). `
    + 'Pass BulkRate.of(...) with the quotas that Service Quotas shows.');
}
