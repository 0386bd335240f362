import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { surveyAccount } from './account-survey';
import { AwsClients, endsEverything } from './aws-clients';
import type { CardOptions } from './card-command';
import { chosenCard } from './chosen-card';
import { ExitCode } from './exit-code';
import { unansweredText } from './failure-text';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { formatCard, parseCard } from '../catalog/card-file';
import { ModelCard } from '../catalog/model-card';
import { ModelCardProps } from '../catalog/model-card-props';
import { accountCard } from '../live/account-card';

export async function runCard(options: CardOptions, terminal: Terminal): Promise<ExitCode> {
  const start = chosenCard(options);
  const today = new Date().toISOString().slice(0, 10);
  const base = startingCard(options, start, today);
  const clients = new AwsClients(options.timeout);
  const survey = await surveyAccount(clients, endsEverything, start, base.modelId, options.regions, (text) => terminal.progress(text));
  const unread = survey.regions.filter(({ failures, region }) => failures.length > 0
    // A Region without an endpoint and without a row in the card has nothing to be read.
    && !(failures.every(({ kind }) => kind === 'no-endpoint') && !mentions(base, region)));
  const failures = [...survey.failures, ...unread.flatMap((region) => region.failures)];
  if (failures.length > 0) terminal.remark(unansweredText(failures, terminal));
  if (survey.regions.length === unread.length || (failures.length > 0 && !options.keepUnread)) {
    terminal.remark('\n' + terminal.prose(`Nothing was written: ${unread.length} of ${survey.regions.length} Regions could not be read.\n`
      + 'A card that lacks them would say that they have no profile: ask again, or name the Regions with --regions, or pass --keep-unread.'));
    return ExitCode.NOT_CHECKED;
  }
  const card = accountCard(base, survey.regions, today);
  const text = formatCard(card);
  parseCard(text, options.out);
  writeWhole(options.out, text);
  if (options.json) {
    const regions = survey.regions.map(({ region }) => region);
    terminal.printJson({ file: options.out, model: card.modelId, regions, unread: unread.map(({ region }) => region) });
  } else {
    terminal.print(`Wrote ${options.out}: ${card.name}, read in ${survey.regions.length - unread.length} Regions. Use it with ModelCard.fromFile.`);
  }
  return failures.length > 0 ? ExitCode.NOT_CHECKED : ExitCode.IN_ORDER;
}

function startingCard({ model, name }: CardOptions, start: ModelCard, today: string): ModelCardProps {
  if (model === undefined || model === start.modelId) return name === undefined ? start._toProps() : { ...start._toProps(), name };
  if (!name) throw new UsageError(`--model names another model, got ${JSON.stringify(model)} without --name; expected its name as people write it, such as --name "Claude Haiku 5".`);
  return { name, modelId: model, sourceUrl: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetInferenceProfile.html', asOf: today };
}

function mentions({ geoRoutes, globalSources }: ModelCardProps, region: string): boolean {
  return Boolean(geoRoutes?.some(({ sourceRegion }) => sourceRegion === region) || globalSources?.regions.includes(region));
}

/** The whole file or none of it: a reader never sees half a card. */
function writeWhole(file: string, text: string): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new UsageError(`--out cannot be written, got ${JSON.stringify(file)} (${(error as NodeJS.ErrnoException).code}); expected a file in a folder that exists.`);
  }
}
