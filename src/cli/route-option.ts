import { Command, Option } from 'commander';

/** `--geo` and `--global`: where requests may run. */
export interface RouteOption {
  readonly geo?: string;
  readonly global?: boolean;
}

export function withRoute(command: Command): Command {
  return command
    .addOption(new Option('--geo <prefix>', 'stay in this geography: us, eu, au, jp, in').conflicts('global'))
    .addOption(new Option('--global', 'any commercial AWS Region').conflicts('geo'));
}
