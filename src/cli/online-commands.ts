import { Command } from 'commander';
import type { AccessOptions, CardOptions, CheckOptions } from './online';
import { addModelOptions, cardOption, geoOption, globalOption, jsonOption, regionsOption, timeoutOption } from './options';
import type { Perform } from './terminal';

// The commands that ask AWS, as far as they can be read and explained offline. What they do is loaded when it is done.

export function checkCommand(perform: Perform): Command {
  return addModelOptions(new Command('check')
    .summary('compare the tables with what AWS says in every enabled Region')
    .description('Ask every enabled Region for the inference profiles and the lifecycle of the model, and print where they differ from the '
      + 'tables.\nNeeds account:ListRegions, bedrock:ListInferenceProfiles, bedrock:GetInferenceProfile and bedrock:GetFoundationModel.')
    .addOption(regionsOption()))
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .action((options: CheckOptions) => perform(async (terminal) => (await import('./online/index.js')).runCheck(options, terminal)));
}

export function cardCommand(perform: Perform): Command {
  return new Command('card')
    .summary('write a model card file from what AWS says')
    .description('Write a model card file that ModelCard.fromFile takes, from what every enabled Region says: a new Region or the next Haiku '
      + 'needs no release of this package. Regions that are not enabled keep the rows of the card it starts from.\n'
      + 'Needs account:ListRegions, bedrock:ListInferenceProfiles, bedrock:GetInferenceProfile and bedrock:GetFoundationModel.')
    .requiredOption('--from-account', 'read the account that the credentials belong to')
    .option('--out <file>', 'where to write it, - for standard output', 'model-card.json')
    .option('--model <name>', 'the model to read; one without a built-in card by its foundation model ID, which then starts from nothing')
    .option('--name <name>', 'the name of such a model, as people write it')
    .addOption(regionsOption())
    .option('--keep-unread', 'write the card even if a Region could not be read, with the rows that the starting card has for it')
    .addOption(cardOption())
    .addOption(timeoutOption())
    .option('--json', 'print JSON about what was written')
    .action((options: CardOptions) => perform(async (terminal) => (await import('./online/index.js')).runCard(options, terminal)));
}

export function accessCommand(perform: Perform): Command {
  return addModelOptions(new Command('access')
    .summary('ask AWS whether this account can call the model from a Region')
    .description('Ask whether this account can call the model: inference profile, Region, agreement, authorization, entitlement, use-case '
      + 'form and quotas, and what to do about each.\nNeeds bedrock:GetInferenceProfile, bedrock:GetFoundationModelAvailability, '
      + 'bedrock:GetUseCaseForModelAccess and servicequotas:GetServiceQuota.')
    .option('--from <region>', 'the Region that requests are sent to (default: AWS_REGION, else the Region of AWS_PROFILE)')
    .addOption(geoOption())
    .addOption(globalOption()))
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .action((options: AccessOptions) => perform(async (terminal) => (await import('./online/index.js')).runAccess(options, terminal)));
}
