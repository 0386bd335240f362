import { Command } from 'commander';
import { chosenCard, chosenGeography, chosenRegion } from './chosen';
import { ExitCode } from './command';
import { addModelOptions, jsonOption, ModelOptions } from './options';
import { Perform, Terminal } from './terminal';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';

interface RegionsOptions extends ModelOptions {
  readonly region?: string;
  readonly geo?: string;
  readonly global?: boolean;
  readonly inRegion?: boolean;
  readonly batch?: boolean;
  readonly json?: boolean;
}

/** What the card says about one Region. */
interface RegionRow {
  readonly region: string;
  readonly geographies: Record<string, string[]>;
  readonly global: boolean;
  readonly inRegion: boolean;
  readonly batch: boolean;
}

export function regionsCommand(perform: Perform): Command {
  return addModelOptions(new Command('regions')
    .summary('list the Regions from which the model can be called')
    .description('List the Regions from which the model can be called, with the destination Regions of their geography. Works offline.')
    .option('--region <code>', 'only this Region')
    .option('--geo <prefix>', 'only Regions of this geography')
    .option('--global', 'only Regions that global inference serves')
    .option('--in-region', 'only Regions that serve it within themselves')
    .option('--batch', 'only Regions that take batch jobs'))
    .addOption(jsonOption())
    .action((options: RegionsOptions) => perform((terminal) => printRegions(options, terminal)));
}

function printRegions(options: RegionsOptions, terminal: Terminal): ExitCode {
  const card = chosenCard(options);
  const region = options.region === undefined ? undefined : chosenRegion('--region', options.region, card);
  const geography = options.geo === undefined ? undefined : chosenGeography(options.geo, card);
  const rows = regionRows(card).filter((row) => (region ?? row.region) === row.region
    && (!geography || row.geographies[geography.prefix])
    && (!options.global || row.global) && (!options.inRegion || row.inRegion) && (!options.batch || row.batch));
  if (options.json) {
    terminal.printJson({ model: card.modelId, asOf: card.asOf, sourceUrl: card.sourceUrl, regions: rows });
  } else if (rows.length === 0) {
    terminal.print(`No Region of ${card.name} matches these options (as of ${card.asOf}).`);
  } else {
    terminal.print(terminal.columns(['Region', 'Geo', 'Global', 'In-Region', 'Batch', 'Destinations of the geography'], rows.map((row) => [
      row.region, Object.keys(row.geographies).join(' ') || '-', mark(row.global), mark(row.inRegion), mark(row.batch),
      Object.values(row.geographies).map((destinations) => destinations.join(' ')).join('; ') || '-',
    ])));
    terminal.print(terminal.style('dim', `\n${rows.length} Regions of ${card.name}, as of ${card.asOf}\n${card.sourceUrl}`));
  }
  return rows.length === 0 ? ExitCode.FOUND : ExitCode.IN_ORDER;
}

function regionRows(card: ModelCard): RegionRow[] {
  return card.regions.map((region) => ({
    region,
    geographies: Object.fromEntries(card.geographiesOf(region).map((geography) => [geography.prefix, card.destinationRegions(geography, region)!])),
    global: card.isGlobalSource(region),
    inRegion: card.inferenceOptions(region).includes(InferenceOption.IN_REGION),
    batch: card.takesBatchJobs(region),
  }));
}

function mark(yes: boolean): string {
  return yes ? 'yes' : '-';
}
