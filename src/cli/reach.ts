import { Command, Option } from 'commander';
import { chosenAccount, chosenCard, chosenRegion, chosenRouting } from './chosen';
import { ExitCode, UsageError } from './command';
import type { SaveOptions } from './online';
import { cardOption, geoOption, globalOption, jsonOption, timeoutOption } from './options';
import { Perform, Terminal } from './terminal';
import { printNoWay } from './way';
import { ModelCatalog } from '../catalog/model-catalog';
import { anyCaller, callerOf } from '../organization/caller';
import { CallKind, CALL_ACTIONS } from '../organization/inference-call';
import { ORGANIZATION_FILE_TEXT, readOrganization } from '../organization/organization';
import { JudgedCheck, reachOf, Verdict } from '../organization/reach';
import { readText } from '../private/text-file';
import { decide } from '../routing/decision';
import { barriersOf, barrierText, reachNotes } from '../wording/reach-text';

interface ReachOptions extends SaveOptions {
  readonly from?: string;
  readonly geo?: string;
  readonly global?: boolean;
  readonly organization?: string;
  readonly principal?: string;
  readonly action: CallKind;
  readonly model?: string;
}

const NAME_CALLER = 'Name the caller with --principal.';
const STYLES = { allowed: 'green', blocked: 'red', unknown: 'yellow' } as const;

export function reachCommand(perform: Perform): Command {
  return new Command('reach')
    .summary('say which service control policy blocks a call, and where')
    .description('Judge every check that AWS makes of a call by the service control policies of an organization: each destination Region is a check of its own. '
      + 'Works offline, on a file that --save-organization writes.\n'
      + 'The file has the root first and the account last: {"levels":[{"name":"Root","policies":[{"name":"FullAWSAccess","document":{...}}]}]}. '
      + 'Service control policies bind neither the management account nor service-linked roles.\n'
      + 'Exit code: 0 allowed, 1 blocked, 2 unknown or bad usage; with --json an answer of unknown is an answer and ends with 1.\n'
      + '--save-organization needs organizations:DescribeOrganization, ListRoots, ListParents, DescribeOrganizationalUnit, DescribeAccount, '
      + 'ListPoliciesForTarget and DescribePolicy, as the management account or a delegated administrator.')
    .option('--from <region>', 'the Region that requests are sent to')
    .addOption(geoOption())
    .addOption(globalOption())
    .option('--account <id>', 'the account of the caller, 12 digits')
    .addOption(new Option('--organization <file>', 'the service control policies of the account').conflicts('saveOrganization'))
    .option('--principal <arn>', 'who calls: a role, a user, a session, a federated user or the root user')
    .addOption(new Option('--action <action>', 'what is done with the model').choices(Object.keys(CALL_ACTIONS)).default('invoke'))
    .addOption(new Option('--model <name>', 'the model, by any of its names').conflicts('card'))
    .addOption(cardOption())
    .option('--save-organization <file>', 'write such a file for an account, with your credentials')
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .action((options: ReachOptions) => perform(async (terminal) => options.saveOrganization === undefined
      ? printReach(options, terminal)
      : (await import('./online/index.js')).runSaveOrganization(options, terminal)));
}

function printReach(options: ReachOptions, terminal: Terminal): ExitCode {
  const { from, account: given, organization: file } = options;
  if (from === undefined || given === undefined || file === undefined) {
    throw new UsageError('reach needs --from, --account and --organization; expected all three. The option --save-organization writes the file of an organization.');
  }
  const card = options.model === undefined ? chosenCard(options) : ModelCatalog.require(options.model);
  const sourceRegion = chosenRegion('--from', from, card);
  const account = chosenAccount(given);
  const decision = decide(card, chosenRouting(options, card), sourceRegion);
  if ('finding' in decision) {
    printNoWay(card, { sourceRegion, ...decision }, options.json, terminal);
    return ExitCode.NOT_CHECKED;
  }
  const { route } = decision;
  const organization = readOrganization(readText(file, ORGANIZATION_FILE_TEXT), file);
  const caller = options.principal === undefined ? anyCaller(account, route._partition) : callerOf(options.principal, account);
  const reach = reachOf(organization, { kind: options.action, route, account, caller });
  const notes = reachNotes(organization, reach, caller);
  const nameCaller = caller.anyone ? NAME_CALLER : undefined;
  if (options.json) {
    terminal.printJson({ verdict: reach.verdict, checks: reach.checks.map((check) => printable(check, nameCaller)), notes });
  } else {
    terminal.print(`${terminal.style(STYLES[reach.verdict], reach.verdict)}: ${card.name} from ${sourceRegion} through ${route.inferenceProfileId}\n`);
    terminal.print(terminal.columns(['Region', 'Resource', 'Verdict'], reach.checks.map(({ check, verdict }) => [
      check.region, kindOf(check.resource.toString()), terminal.style(STYLES[verdict], verdict),
    ])));
    for (const shared of barriersOf(reach)) terminal.print(`\n${terminal.prose(barrierText(shared, nameCaller))}`);
  }
  for (const note of notes) terminal.remark(terminal.prose(note));
  return exitCodeOf(reach.verdict, options.json);
}

/** For a program an answer of unknown is an answer, and 2 means that there is none. */
function exitCodeOf(verdict: Verdict, json: boolean | undefined): ExitCode {
  if (verdict === 'allowed') return ExitCode.IN_ORDER;
  return verdict === 'unknown' && !json ? ExitCode.NOT_CHECKED : ExitCode.FOUND;
}

/** A check as `--json` prints it. */
function printable(judged: JudgedCheck, nameCaller: string | undefined) {
  const { check: { action, resource, region }, verdict, barrier } = judged;
  return {
    action,
    resource: resource.toString(),
    region,
    verdict,
    level: barrier?.level.name,
    policy: barrier?.policy?.name,
    sid: barrier?.statement && (barrier.statement.sid ?? barrier.statement.index),
    reason: barrier && barrierText({ barrier, checks: [judged] }, nameCaller),
  };
}

function kindOf(arn: string): string {
  return arn.split(':').slice(5).join(':');
}
