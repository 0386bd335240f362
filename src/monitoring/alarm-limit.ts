import { Duration } from 'aws-cdk-lib/core';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, isDeployTimeValue, shown } from '../private/errors';
import { checkKinds, checkWholeNumber, DURATION, NUMBER, PropKinds } from '../private/prop-kind';

/**
 * When an alarm is raised, besides its limit.
 */
export interface AlarmLimitOptions {
  /**
   * How long one value is measured for.
   *
   * @default - as the alarm has it
   */
  readonly period?: Duration | undefined;

  /**
   * How many of the last periods count.
   *
   * @default - as the alarm has it
   */
  readonly evaluationPeriods?: number | undefined;

  /**
   * In how many of them the value must be above the limit.
   *
   * @default - as the alarm has it; all of `evaluationPeriods`, where only they are given
   */
  readonly datapointsToAlarm?: number | undefined;
}

const OPTIONS: PropKinds<AlarmLimitOptions> = { period: DURATION, evaluationPeriods: NUMBER, datapointsToAlarm: NUMBER };

/**
 * The limit of an alarm, in the unit that the alarm has, or that there is none.
 */
export class AlarmLimit {
  /** No such alarm. */
  public static off(): AlarmLimit {
    return new AlarmLimit(FACTORY, undefined, {});
  }

  /**
   * Raised when the value is above a limit.
   *
   * Throws if the limit is below 0, or the periods are not what CloudWatch takes.
   *
   * @param limit - in the unit that the alarm has
   */
  public static above(limit: number, options: AlarmLimitOptions = {}): AlarmLimit {
    if (typeof limit !== 'number' || !isDeployTimeValue(limit) && !(limit >= 0 && limit < Infinity)) {
      throw new HaikuError(`Limit of an alarm is no number, got ${shown(limit)}; expected one of at least 0, in the unit of the alarm. Change it, or use AlarmLimit.off().`);
    }
    checkKinds<AlarmLimitOptions>('AlarmLimit.above', options, OPTIONS);
    const { period, evaluationPeriods, datapointsToAlarm } = options;
    const seconds = period?.toSeconds();
    if (seconds !== undefined && ![10, 20, 30].includes(seconds) && (seconds < 60 || seconds % 60 > 0)) {
      throw new HaikuError(`period is not one of CloudWatch's, got ${seconds} seconds; expected 10, 20, 30 or a multiple of 60. Change it, or leave period out.`);
    }
    checkWholeNumber('evaluationPeriods', evaluationPeriods, [1], 'Change it, or leave it out.');
    checkWholeNumber('datapointsToAlarm', datapointsToAlarm, [1, evaluationPeriods], 'It is how many of evaluationPeriods must be above the limit.');
    return new AlarmLimit(FACTORY, limit, options);
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _limit: number | undefined,
    /** @internal */
    public readonly _options: AlarmLimitOptions,
  ) {
    onlyByFactory(caller, 'AlarmLimit', 'AlarmLimit.above(...) or AlarmLimit.off()');
  }
}

brand(AlarmLimit, 'AlarmLimit');
