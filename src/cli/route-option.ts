import { Command, Option } from 'commander';

/** `--geo` and `--global`: where requests may run. */
export interface RouteOption {
  readonly geo?: string;
  readonly global?: boolean;
}

/** The other ways to call the model, and what goes with a call. */
export interface WayOption extends RouteOption {
  readonly inRegion?: boolean;
  readonly project?: string;
  readonly applicationProfile?: string;
  readonly guardrail?: string;
  readonly guardrailVersion?: string;
}

export function withRoute(command: Command): Command {
  return command
    .addOption(new Option('--geo <prefix>', 'stay in this geography: us, eu, au, jp, in').conflicts('global'))
    .addOption(new Option('--global', 'any commercial AWS Region').conflicts('geo'));
}

export function withWay(command: Command): Command {
  return withRoute(command)
    .addOption(new Option('--in-region', 'one Region only, on the bedrock-mantle endpoint')
      .conflicts(['geo', 'global', 'applicationProfile', 'guardrail']))
    .option('--project <id>', 'the bedrock-mantle project of --in-region (default: default)')
    .option('--application-profile <arn>', 'call an application inference profile that copies the profile of the route')
    .option('--guardrail <arn>', 'use this guardrail, by its ARN without a version')
    .option('--guardrail-version <version>', 'refuse calls without this version of it, a number or DRAFT');
}
