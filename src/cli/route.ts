import { Command } from 'commander';
import { chosenCard } from './chosen';
import { ExitCode } from './command';
import { addModelOptions, addWayOptions, jsonOption, ModelOptions } from './options';
import { Perform, Terminal } from './terminal';
import { chosenWay, printNoWay, ProfileWay, SingleRegionWay, WayOptions } from './way';
import { ModelCard } from '../catalog/model-card';
import { dnsSuffixOf, dualStackDnsSuffixOf } from '../routing/partition';
import { InferenceRoute } from '../routing/route';

interface RouteOptions extends WayOptions, ModelOptions {
  readonly json?: boolean;
}

/** A way to the model that exists, as it is printed. */
interface Shown {
  readonly option: string;
  readonly geography?: string;
  readonly inferenceProfileId?: string;
  readonly applicationProfileArn?: string;
  readonly guardrailArn?: string;
  readonly endpoint?: string;
  /** What requests name as the model. */
  readonly call: string;
  readonly destinationRegions?: string[];
  readonly why: string;
  /** What published sources disagree about here. */
  readonly disputed?: string;
}

export function routeCommand(perform: Perform): Command {
  return addModelOptions(addWayOptions(new Command('route')
    .summary('show how a request from a Region reaches the model')
    .description('Show the inference profile that a Region calls, the Regions the request may run in, and why. Works offline.')
    .requiredOption('--from <region>', 'the Region that requests are sent to')))
    .addOption(jsonOption())
    .action((options: RouteOptions) => perform((terminal) => printRoute(options, terminal)));
}

function printRoute(options: RouteOptions, terminal: Terminal): ExitCode {
  const card = chosenCard(options);
  const way = chosenWay(options, card);
  const { sourceRegion } = way;
  if ('finding' in way) return printNoWay(card, way, options.json, terminal);
  const shown = 'route' in way ? throughProfile(card, way) : inRegion(way);
  if (options.json) {
    terminal.printJson({ model: card.modelId, sourceRegion, ...shown, asOf: card.asOf, sourceUrl: card.sourceUrl });
    return ExitCode.IN_ORDER;
  }
  terminal.print(terminal.fields([
    ['Model', card.name],
    ['Call', terminal.style('bold', shown.call)],
    ...(shown.endpoint ? [['At', shown.endpoint]] : []),
    ...(shown.applicationProfileArn ? [['Copies', shown.inferenceProfileId!]] : []),
    ...(shown.guardrailArn ? [['Guardrail', shown.guardrailArn]] : []),
    ['From', sourceRegion],
    ['Runs in', shown.destinationRegions?.join(', ') ?? 'any commercial AWS Region (AWS publishes no list)'],
    ['Why', shown.why],
    ...(shown.disputed ? [['Disputed', shown.disputed]] : []),
  ]));
  terminal.print(terminal.style('dim', `\nAs of ${card.asOf}\n${card.sourceUrl}`));
  return ExitCode.IN_ORDER;
}

function throughProfile(card: ModelCard, { route, applicationProfileArn, guardrail }: ProfileWay): Shown {
  return {
    option: route.inferenceOption,
    geography: route.geography?.prefix,
    inferenceProfileId: route.inferenceProfileId,
    applicationProfileArn,
    guardrailArn: guardrail?.guardrailArn,
    call: applicationProfileArn ?? route.inferenceProfileId,
    destinationRegions: route.destinationRegions,
    why: reason(card, route),
    disputed: route.geography ? undefined : dispute(card, route.sourceRegion),
  };
}

function inRegion({ sourceRegion: region, endpoint, modelId, guardrail }: SingleRegionWay): Shown {
  const onMantle = endpoint === 'bedrock-mantle';
  return {
    option: 'IN_REGION',
    guardrailArn: guardrail?.guardrailArn,
    endpoint: onMantle ? `https://bedrock-mantle.${region}.${dualStackDnsSuffixOf(region)}/anthropic/v1/messages` : `https://bedrock-runtime.${region}.${dnsSuffixOf(region)}`,
    call: modelId,
    destinationRegions: [region],
    why: `${endpoint} serves it in ${region}: requests stay in that Region.${onMantle ? ' It has no guardrails, no structured outputs and no model invocation logging.' : ''}`,
  };
}

function dispute(card: ModelCard, sourceRegion: string): string | undefined {
  const found = card._globalSourceDispute(sourceRegion);
  return found && `${found.rejectedSourceUrl} says: ${found.rejected}. Ask AWS: cdk-bedrock-haiku access --from ${sourceRegion} --global.`;
}

/** Why this profile, and what else the Region could use. */
function reason(card: ModelCard, route: InferenceRoute): string {
  const { sourceRegion, geography } = route;
  const own = card.geographiesOf(sourceRegion);
  const others = [
    ...own.filter((other) => other.prefix !== geography?.prefix).map(String),
    ...(geography && card.isGlobalSource(sourceRegion) ? ['Global'] : []),
  ];
  const also = others.length > 0 ? ` ${others.join(' and ')} would serve it too.` : '';
  if (!geography) return `The global profile serves ${sourceRegion}: prompts and answers can leave its geography.${also}`;
  return `${sourceRegion} belongs to ${geography}: requests stay within it.${also}`;
}
