import { Command, InvalidArgumentError } from 'commander';

/** `--timeout`: how long one question to AWS may take. */
export interface TimeoutOption {
  readonly timeout: number;
}

export function withTimeout(command: Command): Command {
  return command.option('--timeout <seconds>', 'how long to wait for one answer of AWS', seconds, 10);
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 300) return value;
  throw new InvalidArgumentError('expected seconds, more than 0 and at most 300.');
}
