import { Command } from 'commander';

/** `--card`: the card that a command works with. */
export interface CardOption {
  readonly card?: string;
}

export function withCard(command: Command): Command {
  return command.option('--card <file>', 'a model card file in place of the built-in card');
}
