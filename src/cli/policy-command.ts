import { Command, Option } from 'commander';
import { CardOption, withCard } from './card-option';
import { chosenCard } from './chosen-card';
import { chosenRouting } from './chosen-routing';
import { Perform } from './command-run';
import { ExitCode } from './exit-code';
import { findingText } from './finding-text';
import { RouteOption, withRoute } from './route-option';
import { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { endpointStatements } from '../policy/endpoint-statements';
import { routeStatements } from '../policy/route-statements';
import { scpStatements } from '../policy/scp-statements';
import { InferenceRouter } from '../routing/inference-router';

interface PolicyOptions extends CardOption, RouteOption {
  readonly from: string;
  readonly account: string;
  readonly only?: 'identity' | 'endpoint' | 'scp';
  readonly json?: boolean;
}

/** What each policy is for, as printed above it. */
const TITLES = {
  identity: 'Identity policy: attach to the role that calls the model',
  endpoint: 'VPC endpoint policy: for com.amazonaws.REGION.bedrock-runtime in the source Region',
  scp: 'Service control policy: denies this model outside these Regions',
};

export function policyCommand(perform: Perform): Command {
  return withCard(withRoute(new Command('policy')
    .summary('print the policies that a route needs, ready to paste')
    .description('Print the identity policy, the VPC endpoint policy and the service control policy for a route, ready to paste. Works offline.')
    .requiredOption('--from <region>', 'the Region that requests are sent to')
    .requiredOption('--account <id>', 'the account of the caller, 12 digits')))
    .addOption(new Option('--only <policy>', 'print one policy alone').choices(Object.keys(TITLES)))
    .option('--json', 'print all three as one JSON object')
    .action((options: PolicyOptions) => perform((terminal) => printPolicies(options, terminal)));
}

function printPolicies(options: PolicyOptions, terminal: Terminal): ExitCode {
  if (!/^\d{12}$/.test(options.account)) {
    throw new UsageError(`--account is not an account ID, got ${JSON.stringify(options.account)}; expected 12 digits. It stands in the ARN of the inference profile.`);
  }
  const card = chosenCard(options);
  const { route, finding } = InferenceRouter.route(card, chosenRouting(options), options.from);
  if (!route) {
    terminal.remark(`${findingText(finding!)} (${finding!.code})`);
    return ExitCode.FOUND;
  }
  const identity = routeStatements(route, options.account);
  const policies = {
    identity: document(identity),
    endpoint: document(endpointStatements(identity)),
    scp: document(scpStatements(route, card.modelId)),
  };
  if (options.only) {
    terminal.printJson(policies[options.only]);
  } else if (options.json) {
    terminal.printJson(policies);
  } else {
    for (const [name, title] of Object.entries(TITLES) as Array<[keyof typeof TITLES, string]>) {
      terminal.print(terminal.style('bold', `# ${title.replace('REGION', route.sourceRegion)}`));
      terminal.printJson(policies[name]);
    }
  }
  return ExitCode.IN_ORDER;
}

function document(statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}
