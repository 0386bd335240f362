import { AccountSurvey, surveyAccount } from './account-survey';
import { AwsClients } from './aws-clients';
import { errorOf, unansweredText } from './failures';
import { formatCard, parseCard } from '../../catalog/card-file';
import { ModelCard } from '../../catalog/model-card';
import { ModelCardProps } from '../../catalog/model-card-props';
import { ModelCatalog } from '../../catalog/model-catalog';
import { accountCard } from '../../live/account-card';
import { Failure } from '../../live/failure';
import { SurveyedRegion } from '../../live/survey';
import { chosenCard, chosenRegions } from '../chosen';
import { ExitCode, UsageError } from '../command';
import { outputOf, writeFile } from '../output-file';
import type { Terminal } from '../terminal';

export interface CardOptions {
  readonly out: string;
  readonly model?: string;
  readonly name?: string;
  readonly regions?: string[];
  readonly keepUnread?: boolean;
  readonly card?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

export async function runCard(options: CardOptions, terminal: Terminal): Promise<ExitCode> {
  const { card: file, model } = options;
  const start = (file === undefined && model !== undefined && ModelCatalog.find(model)) || chosenCard({ card: file });
  const today = new Date().toISOString().slice(0, 10);
  const base = startingCard(options, start, today);
  const output = outputOf(options.out);
  const onStdout = 'descriptor' in output && output.descriptor === 1;
  if (onStdout && options.json) {
    throw new UsageError(`--json and --out ${options.out} both write to standard output; expected one of them: a card file is JSON already.`);
  }
  const clients = new AwsClients(options.timeout);
  const only = chosenRegions('--regions', options.regions, start);
  const survey = await surveyAccount(clients, start, base.modelId, only, (text) => terminal.progress(text));
  const unread = survey.regions.filter(({ failures, region }) => failures.length > 0
    // A Region without an endpoint and without a row in the card has nothing to be read.
    && !(failures.every(({ kind }) => kind === 'no-endpoint') && !mentions(base, region)));
  const failures = [...survey.failures, ...unread.flatMap((region) => region.failures)];
  if (failures.length > 0 && !options.json) terminal.remark(unansweredText(failures, terminal));
  if (survey.regions.length === unread.length || (failures.length > 0 && !options.keepUnread)) {
    return nothingWritten(survey, unread, failures, options, terminal);
  }
  const card = accountCard(base, survey.regions, today);
  const text = formatCard(card);
  parseCard(text, options.out);
  if ('file' in output) writeFile(output, options.out, text);
  else if (onStdout) terminal.print(text.trimEnd());
  else terminal.printToErr(text.trimEnd());
  if (!await terminal.written()) return ExitCode.NOT_CHECKED;
  if (options.json) {
    const regions = survey.regions.map(({ region }) => region);
    terminal.printJson({ file: options.out, model: card.modelId, regions, unread: unread.map(({ region }) => region), failures });
  } else {
    const summary = `Wrote ${options.out}: ${card.name}, read in ${survey.regions.length - unread.length} Regions. Use it with ModelCard.fromFile.`;
    // Standard output then holds the card and nothing else.
    if (onStdout) terminal.remark(summary);
    else terminal.print(summary);
  }
  return failures.length > 0 ? ExitCode.NOT_CHECKED : ExitCode.IN_ORDER;
}

function nothingWritten(survey: AccountSurvey, unread: SurveyedRegion[], failures: Failure[], { json }: CardOptions, terminal: Terminal): ExitCode {
  const message = whyNothing(survey.regions.length, unread.length);
  const error = errorOf(survey.regions.length === 0 ? failures : []);
  if (json) {
    terminal.printJson({
      unread: unread.map(({ region }) => region),
      failures,
      error: { message: error ? `${message} ${error.message}` : message, code: failures[0]?.kind ?? 'NOTHING_READ' },
    });
  } else {
    terminal.remark('\n' + terminal.prose(message));
  }
  return ExitCode.NOT_CHECKED;
}

function whyNothing(asked: number, unread: number): string {
  if (asked === 0) return 'Nothing was written: no Region could be asked.';
  if (asked === unread) return `Nothing was written: none of ${asked} Regions could be read. Ask again, or name other Regions with --regions.`;
  // All Regions may have answered, and the account as a whole not.
  return `Nothing was written: ${unread > 0 ? `${unread} of ${asked} Regions could not be read` : 'not all that was asked was answered'}.\n`
    + 'A card that lacks a Region would say that it has no profile: ask again, or name the Regions with --regions, or pass --keep-unread.';
}

function startingCard({ model, name }: CardOptions, start: ModelCard, today: string): ModelCardProps {
  if (model === undefined || ModelCatalog.find(model, [start]) === start) return { ...start._toProps(), ...name !== undefined && { name } };
  if (!name) throw new UsageError(`--model names another model, got ${JSON.stringify(model)} without --name; expected its name as people write it, such as --name "Claude Haiku 5".`);
  return { name, modelId: model, sourceUrl: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetInferenceProfile.html', asOf: today };
}

function mentions({ geoRoutes, globalSources }: ModelCardProps, region: string): boolean {
  return Boolean(geoRoutes?.some(({ sourceRegion }) => sourceRegion === region) || globalSources?.regions.includes(region));
}
