import { Command } from 'commander';
import { CardOption, withCard } from './card-option';
import { chosenCard } from './chosen-card';
import { chosenRouting } from './chosen-routing';
import { Perform } from './command-run';
import { ExitCode } from './exit-code';
import { findingText } from './finding-text';
import { RouteOption, withRoute } from './route-option';
import { Terminal } from './terminal';
import { ModelCard } from '../catalog/model-card';
import { InferenceRouter } from '../routing/inference-router';
import { InferenceRoute } from '../routing/route';

interface RouteOptions extends CardOption, RouteOption {
  readonly from: string;
  readonly json?: boolean;
}

export function routeCommand(perform: Perform): Command {
  return withCard(withRoute(new Command('route')
    .summary('show how a request from a Region reaches the model')
    .description('Show the inference profile that a Region calls, the Regions the request may run in, and why. Works offline.')
    .requiredOption('--from <region>', 'the Region that requests are sent to')))
    .option('--json', 'print JSON')
    .action((options: RouteOptions) => perform((terminal) => printRoute(options, terminal)));
}

function printRoute(options: RouteOptions, terminal: Terminal): ExitCode {
  const card = chosenCard(options);
  const { route, finding } = InferenceRouter.route(card, chosenRouting(options), options.from);
  if (!route) {
    if (options.json) terminal.printJson({ model: card.modelId, sourceRegion: options.from, finding });
    else terminal.print(`${terminal.style('red', 'No route')} (${finding!.code})\n${terminal.prose(findingText(finding!))}`);
    return ExitCode.FOUND;
  }
  const why = reason(card, route);
  if (options.json) {
    terminal.printJson({
      model: card.modelId,
      sourceRegion: route.sourceRegion,
      option: route.option,
      geography: route.geography?.prefix,
      inferenceProfileId: route.inferenceProfileId,
      destinationRegions: route.destinationRegions,
      why,
      asOf: card.asOf,
      sourceUrl: card.sourceUrl,
    });
    return ExitCode.IN_ORDER;
  }
  terminal.print(terminal.fields([
    ['Model', card.name],
    ['Call', terminal.style('bold', route.inferenceProfileId)],
    ['From', route.sourceRegion],
    ['Runs in', route.destinationRegions?.join(', ') ?? 'any commercial AWS Region (AWS publishes no list)'],
    ['Why', why],
  ]));
  terminal.print(terminal.style('dim', `\nAs of ${card.asOf}\n${card.sourceUrl}`));
  return ExitCode.IN_ORDER;
}

/** Why this profile, and what else the Region could use. */
function reason(card: ModelCard, route: InferenceRoute): string {
  const { sourceRegion, geography } = route;
  const own = card._geographiesOf(sourceRegion);
  const others = [
    ...own.filter((other) => other.prefix !== geography?.prefix).map(String),
    ...(geography && card._isGlobalSource(sourceRegion) ? ['Global'] : []),
  ];
  const also = others.length > 0 ? ` ${others.join(' and ')} would serve it too.` : '';
  if (!geography) return `The global profile serves ${sourceRegion}: prompts and answers can leave its geography.${also}`;
  return `${sourceRegion} belongs to ${geography}: requests stay within it.${also}`;
}
