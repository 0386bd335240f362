import { Command, Option } from 'commander';
import { chosenRegion } from './chosen';
import { ExitCode, UsageError } from './command';
import { jsonOption } from './options';
import { readJsonFile, scanInput } from './scan-input';
import { Perform, Terminal } from './terminal';
import { Geography, GLOBAL_PREFIX } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { ModelCatalog } from '../catalog/model-catalog';
import { nearest } from '../private/nearest';
import { inFile, ofCdk } from '../scan/acknowledgement';
import { markdownOf, summaryOf } from '../scan/markdown';
import { sarifOf } from '../scan/sarif';
import { scan, ScanFinding, ScanResult } from '../scan/scan';

interface ScanCommandOptions {
  readonly region?: string;
  readonly residency?: string[];
  readonly forbidGlobal?: boolean;
  readonly model?: string[];
  readonly card?: string[];
  readonly acknowledgements?: string;
  readonly failOn: 'error' | 'warning' | 'unchecked';
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly markdown?: boolean;
}

/** Set when the command line is bundled. */
declare const PACKAGE_VERSION: string;

/** What each `--fail-on` counts. */
const FAILING: Readonly<Record<ScanCommandOptions['failOn'], ReadonlyArray<ScanFinding['severity']>>> = {
  error: ['error'], warning: ['error', 'warning'], unchecked: ['error', 'warning', 'unchecked'],
};

export function scanCommand(perform: Perform): Command {
  return new Command('scan')
    .summary('judge templates: who may call which model, and where it runs')
    .description('Judge cloud assemblies and CloudFormation or SAM templates, whoever wrote them: which calls of Claude models fail, which can leave their Regions, and why. '
      + 'All policies of a role count together, as IAM has it. Works offline.\n'
      + 'Exit code: 0 nothing that counts, 1 something that counts, 2 bad usage or input. Errors count; with --fail-on, warnings too, or what could not be checked.')
    .argument('<paths...>', 'cdk.out, a template in JSON or YAML, or a folder of them')
    .option('--region <code>', 'the Region of stacks that do not tell it')
    .option('--residency <prefix>', 'requests must stay in this geography: us, eu, au, jp, in; may be given again for more', collect)
    .option('--forbid-global', 'no Global cross-Region inference, in whatever geography')
    .option('--model <name>', 'judge only calls of this model; may be given again', collect)
    .option('--card <file>', 'a model card file of your own besides the built-in ones; may be given again', collect)
    .option('--acknowledgements <file>', 'findings that stay, each with its reason')
    .addOption(new Option('--fail-on <severity>', 'what ends with exit code 1').choices(['error', 'warning', 'unchecked']).default('error'))
    .addOption(jsonOption().conflicts(['sarif', 'markdown']))
    .addOption(new Option('--sarif', 'print SARIF 2.1.0').conflicts(['json', 'markdown']))
    .addOption(new Option('--markdown', 'print Markdown, for a comment on a pull request').conflicts(['json', 'sarif']))
    .action((paths: string[], options: ScanCommandOptions) => perform((terminal) => runScan(paths, options, terminal)));
}

function runScan(paths: readonly string[], options: ScanCommandOptions, terminal: Terminal): ExitCode {
  const own = options.card?.map((file) => ModelCard.fromFile(file));
  const cards = options.model ? options.model.map((name) => ModelCatalog.require(name, own)) : ModelCatalog._cards(own);
  const { inputs, acknowledged } = scanInput(paths);
  const { acknowledgements: file } = options;
  const result = scan(inputs, {
    cards,
    region: options.region === undefined ? undefined : chosenRegion('--region', options.region, cards[0]),
    residency: { geographies: (options.residency ?? []).map((prefix) => geographyOf(prefix, cards)), forbidGlobal: options.forbidGlobal ?? false },
    acknowledgements: [...ofCdk(acknowledged), ...file === undefined ? [] : inFile(readJsonFile(file), file)],
  });
  if (options.json) terminal.printJson(result);
  else if (options.sarif) terminal.printJson(sarifOf(result, PACKAGE_VERSION));
  else if (options.markdown) terminal.print(markdownOf(result));
  else printFindings(result, terminal);
  const counts = ({ severity, acknowledged: known }: ScanFinding) => !known && FAILING[options.failOn].includes(severity);
  return result.findings.some(counts) ? ExitCode.FOUND : ExitCode.IN_ORDER;
}

function printFindings({ findings }: ScanResult, terminal: Terminal): void {
  const styles = { error: 'red', warning: 'yellow', unchecked: 'dim' } as const;
  for (const { severity, rule, template, path, message, fix, acknowledged } of findings) {
    terminal.print(`${terminal.style(styles[severity], severity)} ${terminal.style('bold', rule)}  ${template}  ${path}\n`
      + `${terminal.prose(`${message} ${fix}`)}${acknowledged ? `\n${terminal.prose(`Acknowledged: ${acknowledged.reason}`)}` : ''}\n`);
  }
  terminal.print(summaryOf(findings));
}

/** A geography that one of the cards has. */
function geographyOf(text: string, cards: readonly ModelCard[]): Geography {
  const given = text.trim().toLowerCase().replace(/^geo /, '').replace(/\.$/, '');
  const all = new Map(cards.flatMap(({ geographies }) => geographies).map((geography) => [geography.prefix, geography]));
  const found = all.get(given);
  if (found) return found;
  throw new UsageError(`--residency is not a geography, got ${JSON.stringify(text)}; expected one of ${[...all.keys()].join(', ')}. `
    + (given === GLOBAL_PREFIX ? 'Global inference has no geography: to allow it, leave --residency and --forbid-global out.' : `The nearest is ${JSON.stringify(nearest(given, [...all.keys()]))}.`));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
