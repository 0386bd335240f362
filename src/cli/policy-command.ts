import { Command, Option } from 'commander';
import { CardOption, withCard } from './card-option';
import { chosenCard } from './chosen-card';
import { chosenWay, Way } from './chosen-way';
import { Perform } from './command-run';
import { ExitCode } from './exit-code';
import { findingText } from './finding-text';
import { printNoRoute } from './no-route';
import { WayOption, withWay } from './route-option';
import { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { ModelCard } from '../catalog/model-card';
import { endpointStatements } from '../policy/endpoint-statements';
import { guardedStatements, GuardedStatement } from '../policy/guardrail-statements';
import { mantleStatements } from '../policy/mantle-statements';
import { routeStatements } from '../policy/route-statements';
import { inRegionScpStatements, scpStatements } from '../policy/scp-statements';
import { mantleProjectArn } from '../routing/arn';
import { endpointServiceName } from '../routing/partition';

interface PolicyOptions extends CardOption, WayOption {
  readonly from: string;
  readonly account: string;
  readonly only?: 'identity' | 'endpoint' | 'scp';
  readonly json?: boolean;
}

/** What each policy is for, as printed above it. */
const TITLES = {
  identity: 'Identity policy: attach to the role that calls the model',
  endpoint: 'VPC endpoint policy: for SERVICE in the source Region',
  scp: 'Service control policy: denies this model outside these Regions',
};

export function policyCommand(perform: Perform): Command {
  return withCard(withWay(new Command('policy')
    .summary('print the policies that a route needs, ready to paste')
    .description('Print the identity policy, the VPC endpoint policy and the service control policy for a route, ready to paste. Works offline.\n'
      + 'The service control policy denies every other call and batch job of this model, on bedrock-runtime and on bedrock-mantle, and nothing else. '
      + 'It cannot tell by its ARN what an application inference profile copies: calls through one are denied where they would run. '
      + 'It binds neither the management account nor service-linked roles.')
    .requiredOption('--from <region>', 'the Region that requests are sent to')
    .requiredOption('--account <id>', 'the account of the caller, 12 digits')))
    .addOption(new Option('--only <policy>', 'print one policy alone').choices(Object.keys(TITLES)))
    .option('--json', 'print all three as one JSON object')
    .action((options: PolicyOptions) => perform((terminal) => printPolicies(options, terminal)));
}

function printPolicies(options: PolicyOptions, terminal: Terminal): ExitCode {
  // The console prints it with hyphens.
  const account = options.account.replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(account)) {
    throw new UsageError(`--account is not an account ID, got ${JSON.stringify(options.account)}; expected 12 digits. It stands in the ARN of the inference profile.`);
  }
  const card = chosenCard(options);
  const way = chosenWay(options, card, account);
  if (way.finding) {
    if (options.json) return printNoRoute(card, way.sourceRegion, way.finding, true, terminal);
    // Standard output is for what can be pasted.
    terminal.remark(`${findingText(way.finding)} (${way.finding.code})`);
    return ExitCode.FOUND;
  }
  const identity = identityStatements(way, card, account);
  const policies = {
    identity: document(identity),
    endpoint: document(endpointStatements(identity.filter(({ Effect }) => Effect === 'Allow'))),
    scp: document(way.route ? scpStatements(way.route) : inRegionScpStatements(card, way.sourceRegion)),
  };
  if (options.only) {
    terminal.printJson(policies[options.only]);
  } else if (options.json) {
    terminal.printJson(policies);
  } else {
    const service = endpointServiceName(way.route ? 'bedrock-runtime' : 'bedrock-mantle', way.sourceRegion);
    for (const [name, title] of Object.entries(TITLES) as Array<[keyof typeof TITLES, string]>) {
      terminal.print(terminal.style('bold', `# ${title.replace('SERVICE', service)}`));
      terminal.printJson(policies[name]);
    }
  }
  return ExitCode.IN_ORDER;
}

/** The statements that the constructs give to a principal of this account. */
function identityStatements(way: Way, card: ModelCard, account: string): GuardedStatement[] {
  const { sourceRegion, route, applicationProfileArn, guardrail, project } = way;
  if (!route) return mantleStatements({ projectArn: mantleProjectArn(sourceRegion, account, project!), mantleModelId: card.mantleModelId! });
  const statements = routeStatements(route, account, applicationProfileArn);
  return guardrail ? guardedStatements(statements, guardrail) : statements;
}

function document(statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}
