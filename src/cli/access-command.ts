import { Command } from 'commander';
import { CardOption, withCard } from './card-option';
import { Perform } from './command-run';
import { RouteOption, withRoute } from './route-option';
import { TimeoutOption, withTimeout } from './timeout-option';

export interface AccessOptions extends CardOption, RouteOption, TimeoutOption {
  readonly from?: string;
  readonly json?: boolean;
}

export function accessCommand(perform: Perform): Command {
  return withTimeout(withCard(withRoute(new Command('access')
    .summary('ask AWS whether this account can call the model from a Region')
    .description('Ask whether this account can call the model: inference profile, Region, agreement, authorization, entitlement, use-case '
      + 'form and quotas, and what to do about each.\nNeeds bedrock:GetInferenceProfile, bedrock:GetFoundationModelAvailability, '
      + 'bedrock:GetUseCaseForModelAccess and servicequotas:GetServiceQuota.')
    .option('--from <region>', 'the Region that requests are sent to (default: AWS_REGION, else the Region of AWS_PROFILE)'))))
    .option('--json', 'print JSON')
    .action((options: AccessOptions) => perform(async (terminal) => (await import('./online.js')).runAccess(options, terminal)));
}
