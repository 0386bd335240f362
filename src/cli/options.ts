import { Command, InvalidArgumentError, Option } from 'commander';

// How the options that several commands have are declared. What they name is read in chosen.ts and way.ts, which need no parser.

export function jsonOption(): Option {
  return new Option('--json', 'print JSON');
}

/** Which model a command is about. */
export interface ModelOptions {
  readonly model?: string;
  readonly card?: string;
}

export function cardOption(): Option {
  return new Option('--card <file>', 'a model card file in place of a built-in card');
}

/** Declares the options that say which model a command is about. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(new Option('--model <name>', 'the model, by its name or ID on any platform (default: "Claude Haiku 4.5")').conflicts('card'))
    .addOption(cardOption());
}

export function geoOption(): Option {
  return new Option('--geo <prefix>', 'stay in this geography: us, eu, au, jp, in').conflicts('global');
}

export function globalOption(): Option {
  return new Option('--global', 'any commercial AWS Region').conflicts('geo');
}

export function regionsOption(): Option {
  return new Option('--regions <codes...>', 'ask only these Regions, set apart by spaces or commas');
}

/** How long one question to AWS may take, with all that it is asked again. */
export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long to wait for one answer of AWS, to its last byte').argParser(seconds).default(10);
}

/** A number of tokens or calls, also as `1e6` or `1_000`. */
export function countOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text.replace(/[_,]/g, ''));
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
    throw new InvalidArgumentError('expected a whole number of 0 or more, such as 800 or 1e6.');
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 300) return value;
  throw new InvalidArgumentError('expected seconds, more than 0 and at most 300.');
}

/** Declares the options of a way, but for `--from`. */
export function addWayOptions(command: Command): Command {
  return command
    .addOption(geoOption())
    .addOption(globalOption())
    .addOption(new Option('--in-region', 'one Region only, on bedrock-mantle or for some models on bedrock-runtime')
      .conflicts(['geo', 'global', 'applicationProfile']))
    .option('--project <id>', 'the bedrock-mantle project of --in-region (default: default)')
    .option('--application-profile <arn>', 'call an application inference profile that copies the profile of the route')
    .option('--guardrail <arn>', 'use this guardrail, by its ARN without a version')
    .option('--guardrail-version <version>', 'refuse calls without this version of it, a number or DRAFT');
}
