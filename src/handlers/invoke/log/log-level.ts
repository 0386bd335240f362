import type { CallRecord } from './call-record';
import type { Environment } from '../../../contract/invoker-variables';

/** Lambda's levels for an application's logs, the most detailed first. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

export type LogLevel = typeof LEVELS[number];

/** What Lambda reads of a line: without a valid timestamp it takes the line for INFO, whatever its level. */
export interface LevelFields {
  readonly timestamp?: string;
  readonly level?: LogLevel;
}

/** How much a call's line matters: a caller's error is a warning, one of the function or the service an error. */
export function levelOf({ error }: CallRecord): LogLevel {
  if (!error) return 'INFO';
  return error.forCallers().status >= 500 ? 'ERROR' : 'WARN';
}

/**
 * Which lines Lambda lets through under its JSON log format: those at the function's own log level or above it, which it also
 * applies to JSON that a handler writes to standard output. Under the text format every line passes, as it is.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export class LogLevels {
  private readonly json: boolean;
  /** The lowest level that passes; undefined where Lambda does not say, which it does whenever the format is JSON. */
  private readonly filter?: LogLevel;

  constructor({ AWS_LAMBDA_LOG_FORMAT: format, AWS_LAMBDA_LOG_LEVEL: level }: Environment) {
    this.json = format?.toUpperCase() === 'JSON';
    this.filter = LEVELS.find((known) => known === level?.toUpperCase());
  }

  passes(level: LogLevel): boolean {
    return !this.json || this.filter === undefined || LEVELS.indexOf(level) >= LEVELS.indexOf(this.filter);
  }

  /** A line of that level. With an unknown filter only the highest one is sure to pass. */
  fields(level: LogLevel, at: number): LevelFields {
    return this.json ? { timestamp: new Date(at).toISOString(), level: this.filter === undefined ? 'FATAL' : level } : {};
  }

  /** A line that must pass. */
  lowest(at: number): LevelFields {
    return this.fields(this.filter ?? 'FATAL', at);
  }
}
