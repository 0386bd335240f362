import { Token } from 'aws-cdk-lib/core';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/**
 * How the model chooses the next token: by temperature or by nucleus sampling. The model does not take both.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 */
export class Sampling {
  /**
   * A temperature from 0 (the most likely words) to 1 (the most varied ones, the model's own default).
   *
   * Throws if it is outside that range.
   */
  public static temperature(value: number): Sampling {
    return new Sampling(FACTORY, checked('temperature', value));
  }

  /**
   * Nucleus sampling: only the most likely tokens are considered whose probabilities add up to this value, from 0 to 1.
   *
   * Throws if it is outside that range.
   */
  public static topP(value: number): Sampling {
    return new Sampling(FACTORY, undefined, checked('topP', value));
  }

  /** @internal */
  public readonly _temperature?: number;
  /** @internal */
  public readonly _topP?: number;

  private constructor(caller: symbol, temperature?: number, topP?: number) {
    onlyByFactory(caller, 'Sampling', 'Sampling.temperature(...) or Sampling.topP(...)');
    this._temperature = temperature;
    this._topP = topP;
  }
}

brand(Sampling, 'Sampling');

function checked(name: string, value: number): number {
  if (Token.isUnresolved(value) || (typeof value === 'number' && value >= 0 && value <= 1)) return value;
  throw new HaikuError(`Sampling.${name} is out of range, got ${shown(value)}; expected a number from 0 to 1. Use a number in that range.`);
}
