import { createReadStream, readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { chosenCard } from './chosen';
import { ExitCode, UsageError } from './command';
import { cardOption, jsonOption } from './options';
import { outputOf, PartialFile } from './output-file';
import { Perform, Terminal } from './terminal';
import { ModelCard } from '../catalog/model-card';
import { limitsOf } from '../contract/card-limits';
import { RecordCheck } from '../handlers/bulk/records/record-check';
import { formatOf, RecordFormat, RecordSet, SetReport } from '../handlers/bulk/records/record-set';
import { RowTemplate } from '../handlers/bulk/records/row-template';
import type { InvokerConfig } from '../handlers/invoke/config/config';
import { isObject } from '../handlers/invoke/json/json-object';

interface RecordsOptions {
  readonly card?: string;
  readonly format?: RecordFormat;
  readonly template?: string;
  readonly idField?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** A file is read in pieces of that many bytes. */
const CHUNK = 1024 * 1024;

export function recordsCommand(perform: Perform): Command {
  return new Command('records')
    .summary('check the records of a batch before money is spent')
    .description('Check files of records, one set: their shape, the limits of the model, sizes and IDs that come twice. Batch inference itself checks none of that. Works offline.')
    .argument('<files...>', 'JSONL with recordId and modelInput, or rows of CSV or JSONL')
    .addOption(new Option('--format <format>', 'how the files are written (default: CSV for names that end in .csv)').choices(['jsonl', 'csv']))
    .option('--template <file>', 'a modelInput in JSON with {{field}} in its texts, for rows')
    .option('--id-field <name>', 'the field of a row that holds its recordId (default: the number of the line)')
    .option('--out <file>', 'write the records here as batch inference takes them, if all of them are in order')
    .addOption(cardOption())
    .addOption(jsonOption())
    .action((files: string[], options: RecordsOptions) => perform((terminal) => checkRecords(files, options, terminal)));
}

async function checkRecords(files: string[], options: RecordsOptions, terminal: Terminal): Promise<ExitCode> {
  const card = chosenCard(options);
  const set = new RecordSet(new RecordCheck(configOf(card), templateOf(options)));
  const to = options.out === undefined ? undefined : partialFile(options.out);
  try {
    for (const file of files) {
      for await (const records of set.read(file, fileChunks(file), options.format ?? formatOf(file))) {
        if (records.length > 0) to?.write(`${records.map(({ text }) => text).join('\n')}\n`);
        terminal.progress(`${set.report.records} records read`);
      }
    }
    if (set.report.problems === 0 && set.report.records > 0) to?.keep();
  } finally {
    to?.close();
  }
  return printReport(set.report, card, options, terminal);
}

function printReport(report: SetReport, card: ModelCard, { json, out }: RecordsOptions, terminal: Terminal): ExitCode {
  const { records, bytes, problems, codes, first } = report;
  const code = problems === 0 && records > 0 ? ExitCode.IN_ORDER : ExitCode.FOUND;
  if (json) {
    terminal.printJson({ model: card.modelId, records, bytes, problems, codes, first });
    return code;
  }
  for (const { file, line, message } of first) terminal.print(`${file}:${line}: ${message}`);
  if (problems > first.length) terminal.print(`... and ${problems - first.length} more.`);
  terminal.print(problems > 0
    ? `${problems} of ${problems + records} lines are no good records.${out === undefined ? '' : ' Nothing was written.'}`
    : records === 0 ? 'There are no records.' : `${records} records, ${bytes} bytes: in order for ${card.name}.`);
  const least = card.batchLimits?.minRecordsPerJob ?? 0;
  if (code === ExitCode.IN_ORDER && records < least) terminal.remark(`A batch job takes at least ${least} records: fewer are asked on demand, at twice the price.`);
  return code;
}

function partialFile(out: string): PartialFile {
  const to = outputOf(out);
  if ('file' in to && !to.inPlace) return new PartialFile(to.file, out);
  throw new UsageError(`--out is no file, got ${JSON.stringify(out)}; expected one: the records are written only if all of them are in order.`, 'OUTPUT');
}

/** The checks of a call of the card's model, with no defaults of a construct. */
function configOf(card: ModelCard): InvokerConfig {
  const url = new URL('https://bedrock-runtime.amazonaws.com');
  return { modelId: card.modelId, endpoint: 'bedrock-runtime', region: 'us-east-1', url, options: { limits: limitsOf(card) }, reportingQueues: [] };
}

function templateOf({ template, idField }: RecordsOptions): RowTemplate | undefined {
  if (template === undefined) {
    if (idField !== undefined) throw new UsageError(`--id-field is for rows, got ${JSON.stringify(idField)} without --template; expected both. Records have their own recordId.`);
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(template, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--template cannot be read, got ${JSON.stringify(template)} (${code ?? 'no JSON'}); expected a file with one JSON object, a modelInput with {{field}} in its texts.`, 'INPUT');
  }
  if (!isObject(value)) throw new UsageError(`--template holds no object, got ${JSON.stringify(template)}; expected a file with one JSON object, a modelInput with {{field}} in its texts.`, 'INPUT');
  return new RowTemplate(value, idField);
}

async function* fileChunks(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`File cannot be read, got ${JSON.stringify(file)} (${code ?? message}); expected a file of records.`, 'INPUT');
  }
}
