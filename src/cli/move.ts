import { Command, Option } from 'commander';
import { chosenCard, chosenGeography, chosenModel, chosenRegion, chosenRegions } from './chosen';
import { ExitCode, UsageError } from './command';
import { addModelOptions, countOption, geoOption, globalOption, jsonOption, ModelOptions } from './options';
import { scanInput } from './scan-input';
import { Perform, Terminal } from './terminal';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { TokenUsage } from '../cost/cost';
import { Change, TOPICS } from '../move/change';
import { factChanges } from '../move/facts';
import { Move, moveOf, whatStops } from '../move/move';
import { Feature, Use, wayText } from '../move/use';
import { usesIn } from '../move/uses-in';
import { shown } from '../private/errors';

interface MoveOptions extends ModelOptions {
  readonly to: string;
  readonly from?: string[];
  readonly geo?: string;
  readonly global?: boolean;
  readonly inRegion?: boolean;
  readonly region?: string;
  readonly uses?: Feature[];
  readonly maxTokens?: number;
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly json?: boolean;
}

export function moveCommand(perform: Perform): Command {
  return addModelOptions(new Command('move')
    .summary('show what moving to another model keeps, loses and gains')
    .description('Show what each use of a model keeps, loses and gains if it moves to another one: routes and destinations, batch jobs, service tiers, '
      + 'request rules, limits and prices. Uses are read from cloud assemblies and templates, or are those of Regions that are named. Works offline.\n'
      + 'Exit code: 0 nothing that is used would stop, 1 something would, 2 bad usage or input.')
    .argument('[paths...]', 'cdk.out, a template in JSON or YAML, or a folder of them')
    .requiredOption('--to <model>', 'the model to move to, by its name or ID on any platform')
    .option('--from <regions...>', 'Regions that requests are sent to, set apart by spaces or commas')
    .addOption(geoOption())
    .addOption(globalOption())
    .addOption(new Option('--in-region', 'one Region only').conflicts(['geo', 'global']))
    .addOption(new Option('--uses <features...>', 'what the uses need besides answers').choices(Object.values(Feature)))
    .addOption(countOption('--max-tokens <number>', 'output tokens that requests ask for'))
    .addOption(countOption('--input <tokens>', 'input tokens of a month, for its price'))
    .addOption(countOption('--output <tokens>', 'output tokens of a month'))
    .addOption(countOption('--cache-read <tokens>', 'tokens of a month that are read from the prompt cache'))
    .addOption(countOption('--cache-write <tokens>', 'tokens of a month that are written to it for five minutes'))
    .option('--region <code>', 'the Region of stacks that do not tell it'))
    .addOption(jsonOption())
    .action((paths: string[], options: MoveOptions) => perform((terminal) => printMoves(paths, options, terminal)));
}

function printMoves(paths: readonly string[], options: MoveOptions, terminal: Terminal): ExitCode {
  const [before, after] = [chosenCard(options), chosenModel('--to', options.to)];
  if (before.modelId === after.modelId) {
    throw new UsageError(`--to is the model that is moved from, got ${shown(options.to)}; expected another one than ${before.name}. Name the first with --model.`);
  }
  const uses = [...namedUses(before, options), ...usesOfPaths(paths, before, options)];
  if (uses.length === 0 && paths.length === 0) throw new UsageError('Nothing says what is to move; expected a path such as cdk.out, or --from with Regions.');
  const moves = uses.map((use) => moveOf(before, after, use, monthOf(options)));
  const stops = whatStops(before, after, moves);
  const facts = factChanges(before, after);
  if (options.json) {
    const model = ({ name, modelId, asOf, sourceUrl }: ModelCard) => ({ name, id: modelId, asOf, sourceUrl });
    terminal.printJson({ from: model(before), to: model(after), uses: moves.map(printable), facts, stops });
  } else {
    printTables(moves, facts, stops, [before, after], terminal);
  }
  return stops.length > 0 ? ExitCode.FOUND : ExitCode.IN_ORDER;
}

function printTables(
  moves: readonly Move[], facts: readonly Change[], stops: readonly string[], [before, after]: ModelCard[], terminal: Terminal): void {
  const row = (change: Change) => [TOPICS[change.topic], change.verdict, changeText(change)];
  const table = (changes: readonly Change[]) => terminal.columns(['', '', ''], changes.map(row));
  terminal.print(terminal.style('bold', `${before.name} -> ${after.name}`));
  for (const { use, changes } of moves) terminal.print(`\n${terminal.style('bold', useText(use))}\n${table(changes)}`);
  terminal.print(`\n${terminal.style('bold', 'Wherever it is called')}\n${table(facts)}`);
  const end = stops.length > 0 ? stops.map((stop) => `${terminal.style('red', 'would stop')}  ${stop}`).join('\n')
    : moves.length > 0 ? 'Nothing that is known to be used would stop.' : `No use of ${before.name} was found.`;
  terminal.print(`\n${end}`);
  terminal.print(terminal.style('dim', `\nAs of ${before.asOf} and ${after.asOf}\n${before.sourceUrl}\n${after.sourceUrl}`));
}

/** The uses of Regions by name: the way that is asked for, or the one that the library would choose, or the only one. */
function namedUses(card: ModelCard, options: MoveOptions): Use[] {
  const regions = chosenRegions('--from', options.from, card) ?? [];
  return regions.map((sourceRegion) => {
    const [own] = card.geographiesOf(sourceRegion);
    const geography = options.geo === undefined ? own : chosenGeography(options.geo, card);
    const [first] = [InferenceOption.GLOBAL, InferenceOption.IN_REGION].filter((option) => card.inferenceOptions(sourceRegion).includes(option));
    const inferenceOption = options.global ? InferenceOption.GLOBAL
      : options.inRegion ? InferenceOption.IN_REGION : geography ? InferenceOption.GEO : first;
    const use = { where: sourceRegion, sourceRegion, inferenceOption, features: options.uses ?? [], maxTokens: options.maxTokens };
    const chosen: Use = inferenceOption === InferenceOption.GEO ? { ...use, geography } : use;
    if (inferenceOption !== undefined && card.sourceRegionsOf(inferenceOption, chosen.geography).includes(sourceRegion)) return chosen;
    throw new UsageError(`--from is not a Region from which ${card.name} can be called${inferenceOption === undefined ? '' : ` by ${wayText(chosen)}`}, `
      + `got ${shown(sourceRegion)} (as of ${card.asOf}): nothing there could move. The command regions lists the Regions.`);
  });
}

function usesOfPaths(paths: readonly string[], card: ModelCard, { region, uses = [], maxTokens }: MoveOptions): Use[] {
  if (paths.length === 0) return [];
  const { inputs } = scanInput(paths);
  const unplaced = inputs.find((input) => input.region === undefined);
  if (unplaced && region === undefined) {
    throw new UsageError(`${unplaced.file} does not tell the Region of its stack; expected --region, since what a move changes depends on it.`);
  }
  const home = region === undefined ? '' : chosenRegion('--region', region, card);
  return usesIn(inputs, card, home)
    .map((use) => ({ ...use, features: [...new Set([...use.features, ...uses])], maxTokens: use.maxTokens ?? maxTokens }));
}

function monthOf({ input, output, cacheRead, cacheWrite }: MoveOptions): TokenUsage | undefined {
  if ([input, output, cacheRead, cacheWrite].every((count) => count === undefined)) return undefined;
  return { input: input ?? 0, output: output ?? 0, cacheRead, cacheWrite5m: cacheWrite };
}

function printable({ use: { geography, ...use }, changes }: Move) {
  return { ...use, geography: geography?.prefix, changes };
}

function useText(use: Use): string {
  return use.where === use.sourceRegion ? `${use.where}, ${wayText(use)}` : `${use.where}: ${use.sourceRegion}, ${wayText(use)}`;
}

function changeText({ before, after, verdict }: Change): string {
  return verdict === 'stays' ? after : `${before} -> ${after}`;
}
