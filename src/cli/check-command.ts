import { Command } from 'commander';
import { CardOption, withCard } from './card-option';
import { Perform } from './command-run';
import { TimeoutOption, withTimeout } from './timeout-option';

export interface CheckOptions extends CardOption, TimeoutOption {
  readonly regions?: string[];
  readonly json?: boolean;
}

export function checkCommand(perform: Perform): Command {
  return withTimeout(withCard(new Command('check')
    .summary('compare the tables with what AWS says in every enabled Region')
    .description('Ask every enabled Region for the inference profiles and the lifecycle of the model, and print where they differ from the '
      + 'tables.\nNeeds account:ListRegions, bedrock:ListInferenceProfiles, bedrock:GetInferenceProfile and bedrock:GetFoundationModel.')
    .option('--regions <codes...>', 'ask only these Regions, set apart by spaces or commas')))
    .option('--json', 'print JSON')
    .action((options: CheckOptions) => perform(async (terminal) => (await import('./online.js')).runCheck(options, terminal)));
}
