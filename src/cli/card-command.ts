import { Command } from 'commander';
import { CardOption, withCard } from './card-option';
import { Perform } from './command-run';
import { TimeoutOption, withTimeout } from './timeout-option';

export interface CardOptions extends CardOption, TimeoutOption {
  readonly fromAccount?: boolean;
  readonly out: string;
  readonly model?: string;
  readonly name?: string;
  readonly regions?: string[];
  readonly keepUnread?: boolean;
  readonly json?: boolean;
}

export function cardCommand(perform: Perform): Command {
  return withTimeout(withCard(new Command('card')
    .summary('write a model card file from what AWS says')
    .description('Write a model card file that ModelCard.fromFile takes, from what every enabled Region says: a new Region or the next Haiku '
      + 'needs no release of this package. Regions that are not enabled keep the rows of the card it starts from.\n'
      + 'Needs account:ListRegions, bedrock:ListInferenceProfiles, bedrock:GetInferenceProfile and bedrock:GetFoundationModel.')
    .requiredOption('--from-account', 'read the account that the credentials belong to')
    .option('--out <file>', 'where to write it, - for standard output', 'model-card.json')
    .option('--model <id>', 'the foundation model ID of another model, which then starts from nothing')
    .option('--name <name>', 'the name of that model, as people write it')
    .option('--regions <codes...>', 'ask only these Regions, set apart by spaces or commas')
    .option('--keep-unread', 'write the card even if a Region could not be read, with the rows that the starting card has for it')))
    .option('--json', 'print JSON about what was written')
    .action((options: CardOptions) => perform(async (terminal) => (await import('./online.js')).runCard(options, terminal)));
}
