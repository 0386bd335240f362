import { Command, InvalidArgumentError } from 'commander';

/** `--timeout`: how long one question to AWS may take, with all that it is asked again. */
export interface TimeoutOption {
  readonly timeout: number;
}

export function withTimeout(command: Command): Command {
  return command.option('--timeout <seconds>', 'how long to wait for one answer of AWS, to its last byte', seconds, 10);
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 300) return value;
  throw new InvalidArgumentError('expected seconds, more than 0 and at most 300.');
}
