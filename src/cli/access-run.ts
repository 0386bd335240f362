import type { AccessOptions } from './access-command';
import { AwsClients, endsEverything } from './aws-clients';
import { chosenCard } from './chosen-card';
import { chosenRouting } from './chosen-routing';
import { ExitCode } from './exit-code';
import { unansweredText } from './failure-text';
import { findingText } from './finding-text';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { AccessCheck } from '../live/access-check';
import { accessReport, quotasOf } from '../live/access-report';
import { InferenceRouter } from '../routing/inference-router';

const STYLES = { 'in order': 'green', 'missing': 'red', 'could not be checked': 'yellow' } as const;

export async function runAccess(options: AccessOptions, terminal: Terminal): Promise<ExitCode> {
  const region = options.from ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new UsageError('No Region, got neither --from nor AWS_REGION; expected the Region that requests are sent to, such as --from eu-west-2.');
  const card = chosenCard(options);
  const { route, finding } = InferenceRouter.route(card, chosenRouting(options), region);
  if (!route) {
    if (options.json) terminal.printJson({ model: card.modelId, sourceRegion: region, finding });
    else terminal.print(`${terminal.style('red', 'No route')} (${finding!.code})\n${terminal.prose(findingText(finding!))}`);
    return ExitCode.FOUND;
  }
  const clients = new AwsClients(options.timeout);
  const caller = await clients.caller(region);
  const ended = caller.failure && endsEverything(caller.failure);
  const pair = { bedrock: clients.bedrock(region), serviceQuotas: clients.serviceQuotas(region) };
  terminal.progress(`Asking ${region}`);
  const checks = ended ? [] : (await accessReport(pair, { region, credentialsWork: caller.value !== undefined }, {
    modelId: card.modelId,
    inferenceProfileId: route.inferenceProfileId,
    quotas: quotasOf(card.quotas, !route.geography),
    marketplaceProductId: card.marketplaceProductId,
  })).checks;
  Object.values(pair).forEach((client) => client.destroy());
  const failures = ended ? [caller.failure!] : [];
  if (options.json) {
    terminal.printJson({
      model: card.modelId, sourceRegion: region, inferenceProfileId: route.inferenceProfileId, account: caller.value?.account, checks, failures,
    });
  } else {
    terminal.print(`${terminal.style('bold', `${card.name} from ${region}${caller.value ? ` as account ${caller.value.account}` : ''}`)}`);
    if (checks.length > 0) terminal.print(`\n${table(checks, terminal)}`);
    if (failures.length > 0) terminal.print(unansweredText(failures, terminal));
  }
  if (checks.some(({ state }) => state === 'missing')) return ExitCode.FOUND;
  return ended || checks.some(({ state }) => state === 'could not be checked') ? ExitCode.NOT_CHECKED : ExitCode.IN_ORDER;
}

function table(checks: AccessCheck[], terminal: Terminal): string {
  return terminal.columns(['Question', 'State', 'Answer, and what to do'], checks.flatMap(({ question, state, answer, advice }) => [
    [question, terminal.style(STYLES[state], state), answer],
    ...(advice ? [['', '', advice]] : []),
  ]));
}
