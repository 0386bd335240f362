import { AwsClients } from './aws-clients';
import { endsEverything, errorOf, unansweredText } from './failures';
import { ModelCard } from '../../catalog/model-card';
import { AccessCheck } from '../../live/access-check';
import { accessReport } from '../../live/access-report';
import { decide } from '../../routing/decision';
import { chosenCard, chosenRegion, chosenRouting } from '../chosen';
import { ExitCode, UsageError } from '../command';
import type { ModelOptions } from '../options';
import type { Terminal } from '../terminal';
import { printNoWay } from '../way';

export interface AccessOptions extends ModelOptions {
  readonly from?: string;
  readonly geo?: string;
  readonly global?: boolean;
  readonly timeout: number;
  readonly json?: boolean;
}

const STYLES = { 'in order': 'green', 'missing': 'red', 'could not be checked': 'yellow' } as const;

export async function runAccess(options: AccessOptions, terminal: Terminal): Promise<ExitCode> {
  const card = chosenCard(options);
  const clients = new AwsClients(options.timeout);
  const region = await sourceRegion(options, clients, card);
  const decision = decide(card, chosenRouting(options, card), region);
  if ('finding' in decision) return printNoWay(card, { sourceRegion: region, ...decision }, options.json, terminal);
  const { route } = decision;
  const caller = await clients.caller(region);
  const ended = caller.failure && endsEverything(caller.failure);
  const pair = { bedrock: clients.bedrock(region), serviceQuotas: clients.serviceQuotas(region) };
  terminal.progress(`Asking ${region}`);
  const checks = ended ? [] : (await accessReport(pair, { region, credentialsWork: caller.value !== undefined }, {
    modelId: card.modelId,
    inferenceProfileId: route.inferenceProfileId,
    quotas: card.quotasOf(route.inferenceOption),
    marketplaceProductId: card.marketplaceProductId,
  })).checks;
  Object.values(pair).forEach((client) => client.destroy());
  const failures = ended ? [caller.failure!] : [];
  if (options.json) {
    terminal.printJson({
      model: card.modelId,
      sourceRegion: region,
      inferenceProfileId: route.inferenceProfileId,
      account: caller.value?.account,
      checks,
      failures,
      error: errorOf(failures),
    });
  } else {
    terminal.print(`${terminal.style('bold', `${card.name} from ${region}${caller.value ? ` as account ${caller.value.account}` : ''}`)}`);
    if (checks.length > 0) terminal.print(`\n${table(checks, terminal)}`);
    if (failures.length > 0) terminal.print(unansweredText(failures, terminal));
  }
  if (checks.some(({ state }) => state === 'missing')) return ExitCode.FOUND;
  return ended || checks.some(({ state }) => state === 'could not be checked') ? ExitCode.NOT_CHECKED : ExitCode.IN_ORDER;
}

/** The Region that is named, else the one that the environment names: a variable, or the profile of the shared configuration. */
async function sourceRegion({ from }: AccessOptions, clients: AwsClients, card: ModelCard): Promise<string> {
  if (from !== undefined) return chosenRegion('--from', from, card);
  const configured = await clients.configuredRegion(card);
  if (configured !== undefined) return configured;
  throw new UsageError('No Region is given, neither by --from nor by AWS_REGION; expected the Region that requests are sent to, such as --from eu-west-2.');
}

function table(checks: AccessCheck[], terminal: Terminal): string {
  return terminal.columns(['Question', 'State', 'Answer, and what to do'], checks.flatMap(({ question, state, answer, advice }) => [
    [question, terminal.style(STYLES[state], state), answer],
    ...(advice ? [['', '', advice]] : []),
  ]));
}
