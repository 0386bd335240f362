import type { OtherModel, Rates, RequestRules } from './escalation';

/** The file beside the handler that splits or shadows traffic. */
export const TRAFFIC_PART = 'traffic.cjs';

/** How often a share is read at most, in milliseconds, where it is kept in a parameter. */
export const SHARE_EVERY_MS = 60_000;

/** The dimension of metrics that tells the arms of split traffic apart, besides the function's. */
export const ARM_DIMENSION = 'Arm';

/** Which model was asked: the invoker's own target, or the candidate. */
export type ArmName = 'target' | 'candidate';

/** What the options hold of a second target. */
export interface TrafficOptions {
  /** The second target, to which calls go instead of the first. */
  readonly candidate?: OtherModel;
  /** The ARN of the function that asks the second target beside the first. */
  readonly shadowArn?: string;
  readonly rules: RequestRules;
  readonly rates?: Rates;
  /** The share of calls in percent, or the parameter that holds it. */
  readonly share?: number;
  readonly shareParameter?: string;
  /** The field of an event by which calls stay with their arm, with dots between names. */
  readonly stickyBy?: string;
  /** Whether the text of shadowed calls is logged. */
  readonly logContent?: boolean;
}
