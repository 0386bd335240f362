import { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { Token } from 'aws-cdk-lib/core';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, isDeployTimeValue, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkKind, checkKinds, FLAG, objectOf, objectWith, required, TEXT } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { IInvocableModel } from '../targets/invocable-model';

const PARAMETER = objectWith('a parameter', 'an ssm.StringParameter', ['parameterName', 'parameterArn', 'stringValue', 'env']);

/**
 * The arms of split traffic.
 */
export enum TrafficArm {
  /** The invoker's own target. */
  TARGET = 'target',
  /** The target of `Traffic.split(...)`. */
  CANDIDATE = 'candidate',
}

/**
 * A share of the calls of a HaikuInvoker, in percent.
 */
export class TrafficShare {
  /**
   * A share that a deployment sets.
   *
   * Throws if it is not a number from 0 to 100 that is known at synth time.
   */
  public static percent(share: number): TrafficShare {
    if (typeof share === 'number' && !isDeployTimeValue(share) && share >= 0 && share <= 100) return new TrafficShare(FACTORY, share);
    throw new HaikuError(`TrafficShare.percent is out of range, got ${shown(share)}; expected a number from 0 to 100, known at synth time. `
      + 'Use a number in that range, or TrafficShare.fromParameter(...) to change it without a deployment.');
  }

  /**
   * A share that a parameter of Parameter Store holds as text, such as `12.5`: it is changed without a deployment. A running function reads it at most
   * once a minute. Until it has been read the share is 0; text that is no number from 0 to 100 leaves it as it was, and the log says so. The function's role may then get this parameter.
   *
   * @param parameter - one of the function's own account and Region
   */
  public static fromParameter(parameter: IStringParameter): TrafficShare {
    checkKind('parameter', parameter, required(PARAMETER));
    checkExactArn('parameter', parameter.parameterArn, 'the ARN of one parameter');
    return new TrafficShare(FACTORY, undefined, parameter);
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _percent?: number,
    /** @internal */
    public readonly _parameter?: IStringParameter,
  ) {
    onlyByFactory(caller, 'TrafficShare', 'TrafficShare.percent(...) or TrafficShare.fromParameter(...)');
  }
}

brand(TrafficShare, 'TrafficShare');

/**
 * Which calls of a HaikuInvoker a second target gets.
 */
export interface TrafficOptions {
  /**
   * The share of the calls.
   */
  readonly share: TrafficShare;

  /**
   * The field of an event whose value decides, so that calls with the same value have the same fate, for example `metadata.user_id`: dots stand
   * between the names of fields within others. A greater share has all values that a smaller one had. An event without the field is drawn at random.
   *
   * @default - each call is drawn at random
   */
  readonly stickyBy?: string | undefined;

  /**
   * Whether requests may run in Regions that those of the invoker's own target never run in. Prompts go there, too.
   *
   * @default false
   */
  readonly allowOtherDestinations?: boolean | undefined;
}

/**
 * Which calls of a HaikuInvoker a second target is asked too, beside the first.
 */
export interface ShadowOptions extends TrafficOptions {
  /**
   * Whether prompts and answers of these calls are written to the log groups of both functions, to compare them. Synthesis then warns with the id
   * `cdk-bedrock-haiku:HaikuInvoker.contentLogged`.
   *
   * @default false - only what is known of the answers: tokens, cost, time, how they ended
   */
  readonly logContent?: boolean | undefined;
}

/**
 * A second target that a HaikuInvoker sends a share of its calls to, to move on to another model step by step: first beside the first one, then instead of it.
 */
export class Traffic {
  /**
   * These calls go to the second target instead of the first. The log says which `arm` a call went to, and so do the metrics, in the
   * dimension `Arm`: `target` or `candidate`.
   */
  public static split(target: IInvocableModel, options: TrafficOptions): Traffic {
    checkKinds<TrafficOptions>('Traffic', options, KINDS);
    return new Traffic(FACTORY, false, checkedTarget('target', target), checked(options));
  }

  /**
   * These calls go to the second target too. A function of its own makes them, asynchronously: the caller does not wait for it and never sees it
   * fail, and it takes nothing from the first function's concurrency. The first function's line in the log has `shadowRequestId`, which is the
   * `lambdaRequestId` of the second one's line.
   */
  public static shadow(target: IInvocableModel, options: ShadowOptions): Traffic {
    checkKinds<ShadowOptions>('Traffic', options, { ...KINDS, logContent: FLAG });
    return new Traffic(FACTORY, true, checkedTarget('target', target), checked(options));
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _shadows: boolean,
    /** @internal */
    public readonly _target: IInvocableModel,
    /** @internal */
    public readonly _options: ShadowOptions,
  ) {
    onlyByFactory(caller, 'Traffic', 'Traffic.split(...) or Traffic.shadow(...)');
  }
}

brand(Traffic, 'Traffic');

const KINDS = {
  share: required(objectOf('TrafficShare', 'TrafficShare.percent(...) or TrafficShare.fromParameter(...)', ['_percent', '_parameter'])), stickyBy: TEXT, allowOtherDestinations: FLAG,
};

function checked(options: ShadowOptions): ShadowOptions {
  const { stickyBy } = options;
  if (stickyBy !== undefined && (Token.isUnresolved(stickyBy) || stickyBy.split('.').includes(''))) {
    throw new HaikuError(`stickyBy is not the name of a field, got ${Token.isUnresolved(stickyBy) ? 'an unresolved token' : shown(stickyBy)}; expected for example "metadata.user_id". `
      + 'Name the field of the event, or leave stickyBy out to draw each call at random.');
  }
  return { ...options };
}
