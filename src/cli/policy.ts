import { Command, Option } from 'commander';
import { chosenAccount, chosenCard } from './chosen';
import { ExitCode } from './command';
import { addModelOptions, addWayOptions, ModelOptions } from './options';
import { Perform, Terminal } from './terminal';
import { chosenWay, printNoWay, ProfileWay, SingleRegionWay, WayOptions } from './way';
import { ModelCard } from '../catalog/model-card';
import { endpointStatements } from '../policy/endpoint-statements';
import { applyStatement, requiredIdentifier } from '../policy/guardrail-statements';
import { bareModelStatements, mantleStatements, routeStatements } from '../policy/invoke-statements';
import { inRegionScpStatements, scpStatements } from '../policy/scp-statements';
import { policyDocument, Statement } from '../policy/statement';
import { foundationModelArn, mantleProjectArn } from '../routing/arn';
import { endpointServiceName } from '../routing/partition';
import { commandLineText } from '../wording/command-line';

interface PolicyOptions extends WayOptions, ModelOptions {
  readonly account: string;
  readonly only?: PolicyName;
  readonly json?: boolean;
}

const POLICIES = ['identity', 'endpoint', 'scp'] as const;
type PolicyName = typeof POLICIES[number];

export function policyCommand(perform: Perform): Command {
  return addModelOptions(addWayOptions(new Command('policy')
    .summary('print the policies that a route needs, ready to paste')
    .description('Print the identity policy, the VPC endpoint policy and the service control policy for a route, ready to paste. Works offline.\n'
      + 'The service control policy denies this model outside the Regions of the route, through any other system-defined profile and on bedrock-mantle; '
      + 'with --in-region everywhere but at that endpoint in that Region. It denies nothing else. '
      + 'Calls through the same profile from another Region pass if they run in the Regions of the route only. '
      + 'It cannot tell by its ARN what an application inference profile copies: calls through one are denied only where they would run outside these Regions. '
      + 'It cannot tell by which profile a batch job is started either: the calls of its role are denied. '
      + 'It binds neither the management account nor service-linked roles.')
    .requiredOption('--from <region>', 'the Region that requests are sent to')
    .requiredOption('--account <id>', 'the account of the caller, 12 digits')))
    .addOption(new Option('--only <policy>', 'print one policy alone').choices(POLICIES))
    .option('--json', 'print all three as one JSON object')
    .action((options: PolicyOptions) => perform((terminal) => printPolicies(options, terminal)));
}

function printPolicies(options: PolicyOptions, terminal: Terminal): ExitCode {
  const account = chosenAccount(options.account);
  const card = chosenCard(options);
  const way = chosenWay(options, card, account);
  if ('finding' in way) {
    if (options.json) return printNoWay(card, way, true, terminal);
    // Standard output is for what can be pasted.
    terminal.remark(`${commandLineText(way.finding)} (${way.finding.code})`);
    return ExitCode.FOUND;
  }
  const identity = identityStatements(way, account);
  const policies = {
    identity: policyDocument(identity),
    endpoint: policyDocument(endpointStatements(identity.filter(({ Effect }) => Effect === 'Allow'))),
    scp: policyDocument('route' in way ? scpStatements(way.route) : inRegionScpStatements(card, way.sourceRegion, way.endpoint)),
  };
  if (!card.mantleModelId && (options.only ?? 'scp') === 'scp') {
    terminal.remark(terminal.prose(`The card of ${card.name} has no bedrock-mantle ID: the service control policy does not cover that endpoint.`));
  }
  if (options.only) {
    terminal.printJson(policies[options.only]);
  } else if (options.json) {
    terminal.printJson(policies);
  } else {
    const titles = titlesOf(way, card);
    for (const name of POLICIES) {
      terminal.print(terminal.style('bold', `# ${titles[name]}`));
      terminal.printJson(policies[name]);
    }
  }
  return ExitCode.IN_ORDER;
}

/** What each policy is for, as printed above it. */
function titlesOf(way: ProfileWay | SingleRegionWay, { mantleModelId }: ModelCard): Record<PolicyName, string> {
  const { sourceRegion } = way;
  const route = 'route' in way;
  const endpoint = route ? 'bedrock-runtime' : way.endpoint;
  return {
    identity: 'Identity policy: attach to the role that calls the model',
    endpoint: `VPC endpoint policy: for ${endpointServiceName(endpoint, sourceRegion)} in the source Region`,
    scp: `Service control policy: denies this model ${route
      ? `outside the Regions of this route${mantleModelId ? ', through other profiles and on bedrock-mantle' : ' and through other profiles'}`
      : `everywhere but on ${endpoint} in ${sourceRegion}`}`,
  };
}

/** The statements that the constructs give to a principal of this account. */
function identityStatements(way: ProfileWay | SingleRegionWay, account: string): Statement[] {
  const { sourceRegion, guardrail } = way;
  const requiredGuardrail = guardrail && requiredIdentifier(guardrail);
  const applying = guardrail ? [applyStatement(guardrail)] : [];
  if ('route' in way) return [...applying, ...routeStatements(way.route, account, { applicationProfileArn: way.applicationProfileArn, requiredGuardrail })];
  return way.project === undefined
    ? [...applying, ...bareModelStatements(foundationModelArn(sourceRegion, way.modelId), requiredGuardrail)]
    : mantleStatements({ projectArn: mantleProjectArn(sourceRegion, account, way.project), mantleModelId: way.modelId });
}
