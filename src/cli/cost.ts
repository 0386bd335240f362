import { Command, InvalidArgumentError, Option } from 'commander';
import { chosenCard, chosenRegion } from './chosen';
import { ExitCode, UsageError } from './command';
import { addModelOptions, countOption, jsonOption, ModelOptions } from './options';
import { Perform, Terminal } from './terminal';
import { ModelCard } from '../catalog/model-card';
import { CacheTtl } from '../catalog/prompt-caching-limits';
import { dollarsText } from '../cost/cost';
import { Month, monthsFrom, Workload } from '../cost/month';
import { shown } from '../private/errors';

interface CostOptions extends ModelOptions, Workload {
  readonly from: string;
  readonly batch?: boolean;
  readonly json?: boolean;
}

export function costCommand(perform: Perform): Command {
  return addModelOptions(new Command('cost')
    .summary('show what a month of calls costs, by route, caching and batch')
    .description('Show what a month of calls costs from a Region by each way to call the model, with and without prompt caching and in batch jobs, '
      + 'by the dated prices of the card. Taxes and discounts are not in it. Works offline.')
    .requiredOption('--from <region>', 'the Region that requests are sent to')
    .addOption(countOption('--calls <number>', 'calls a month, such as 1e6').makeOptionMandatory())
    .addOption(countOption('--input <tokens>', 'input tokens of a call, without those of --cached').makeOptionMandatory())
    .addOption(countOption('--output <tokens>', 'output tokens of a call').makeOptionMandatory())
    .addOption(countOption('--cached <tokens>', 'tokens that all calls begin with, and that the prompt cache can hold').default(0))
    .addOption(new Option('--hit-rate <share>', 'share of calls that find them in the cache; the others write them').argParser(share).default(1))
    .addOption(new Option('--ttl <time>', 'how long the cache keeps them').choices(Object.values(CacheTtl)).default(CacheTtl.FIVE_MINUTES))
    .option('--batch', 'only ways that take batch jobs'))
    .addOption(jsonOption())
    .action((options: CostOptions) => perform((terminal) => printCost(options, terminal)));
}

function printCost(options: CostOptions, terminal: Terminal): ExitCode {
  const card = chosenCard(options);
  const sourceRegion = chosenRegion('--from', options.from, card);
  checkLimits(card, options);
  const months = monthsFrom(card, sourceRegion, options).filter(({ batch }) => !options.batch || batch !== undefined);
  if (months.length === 0) return printNoCost(card, sourceRegion, options, terminal);
  const notes = notesOf(card, months, options);
  if (options.json) {
    const { calls, input, cached, output, hitRate, ttl } = options;
    terminal.printJson({
      model: card.modelId, sourceRegion, calls, tokens: { input, cached, output }, hitRate, ttl, currency: 'USD', ways: months.map((month) => printable(month)), notes,
    });
    return ExitCode.IN_ORDER;
  }
  terminal.print(terminal.columns(['Way', 'A month', 'Without caching', 'In batch jobs'], months.map((month) => [
    wayText(month), cell(month.cached ?? month.uncached), cell(month.cached === undefined ? undefined : month.uncached), cell(month.batch),
  ])));
  for (const note of notes) terminal.print(`\n${terminal.prose(note)}`);
  const [{ price }] = months;
  terminal.print(terminal.style('dim', `\n${card.name}, prices in US dollars as of ${price.asOf}\n${price.sourceUrl}`));
  return ExitCode.IN_ORDER;
}

/** What no model takes is no price: the calls would be refused. */
function checkLimits(card: ModelCard, { input, cached, output }: CostOptions): void {
  const { contextTokens, maxOutputTokens, asOf } = card.limits ?? {};
  const refuse = (option: string, tokens: number, most: number) => new UsageError(
    `${option} is more than ${card.name} takes, got ${shown(tokens)}; expected at most ${most} (as of ${asOf}). Such calls would be refused.`);
  if (contextTokens !== undefined && input + cached > contextTokens) throw refuse('--input with --cached', input + cached, contextTokens);
  if (maxOutputTokens !== undefined && output > maxOutputTokens) throw refuse('--output', output, maxOutputTokens);
}

function printNoCost(card: ModelCard, sourceRegion: string, { batch, json }: CostOptions, terminal: Terminal): ExitCode {
  const message = whyNoCost(card, sourceRegion, batch);
  if (json) terminal.printJson({ model: card.modelId, sourceRegion, error: { message, code: 'NO_PRICE' } });
  else terminal.print(terminal.prose(message));
  return ExitCode.FOUND;
}

function whyNoCost(card: ModelCard, region: string, batch?: boolean): string {
  if (card.inferenceOptions(region).length === 0) return `${card.name} cannot be called from ${region} (as of ${card.asOf}): there is no price there.`;
  if (!batch) return `The card of ${card.name} has no price for calls from ${region} (as of ${card.asOf}).`;
  return card.takesBatchJobs(region)
    ? `The card of ${card.name} has no price for such batch jobs from ${region} (as of ${card.asOf}), although it takes batch jobs there.`
    : `${card.name} takes no batch jobs in ${region} (as of ${card.asOf}): leave --batch out.`;
}

/** What must be said about the numbers. */
function notesOf(card: ModelCard, months: Month[], { cached, hitRate, ttl }: CostOptions): string[] {
  const least = card.promptCaching?.minTokensPerCheckpoint;
  const [{ longContext, price }] = months;
  return [
    ...cached > 0 && least !== undefined && cached < least ? [`${card.name} caches nothing below ${least} tokens: the ${cached} are input like any other.`] : [],
    ...months.some((month) => month.cached !== undefined) ? [`With caching ${percent(hitRate)} of the calls read the ${cached} tokens, `
      + `and ${percent(1 - hitRate)} write them for ${ttl}. Batch jobs have no prompt cache.`] : [],
    ...longContext ? [`These calls have more than ${price.longContext!.aboveInputTokens} tokens of input: all their tokens cost the rates of a long context.`] : [],
  ];
}

function printable({ inferenceOption, geography, price, cached, uncached, batch, longContext }: Month) {
  return {
    option: inferenceOption,
    geography: geography?.prefix,
    month: rounded(cached ?? uncached),
    cached: rounded(cached),
    uncached: rounded(uncached),
    batch: rounded(batch),
    longContext,
    asOf: price.asOf,
    sourceUrl: price.sourceUrl,
  };
}

function wayText({ inferenceOption, geography }: Month): string {
  return geography?.toString() ?? { IN_REGION: 'In-Region', GEO: 'Geo', GLOBAL: 'Global' }[inferenceOption];
}

/** To a millionth: a sum of rates has dust behind it. */
function rounded(dollars: number | undefined): number | undefined {
  return dollars === undefined ? undefined : Math.round(dollars * 1e6) / 1e6;
}

function cell(dollars: number | undefined): string {
  return dollars === undefined ? '-' : dollarsText(dollars);
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10} %`;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('expected a share from 0 to 1, such as 0.9.');
}
