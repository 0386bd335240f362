// npx tsx scripts/model-docs.ts: what the cards say, as docs/models.md and docs/moving.md. A test keeps both current.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceOption, ModelCard, ModelCatalog } from '../src';
import { Change, TOPICS } from '../src/move/change';
import { factChanges } from '../src/move/facts';

const WRITTEN = '<!-- Written by npx tsx scripts/model-docs.ts from the cards. Change those. -->';

/** A longer list says more as a number. */
const MOST_NAMES = 8;

/** The pages, by their files in docs/. */
export function modelDocs(): Record<string, string> {
  return { 'models.md': modelsPage(), 'moving.md': movingPage() };
}

function modelsPage(): string {
  const cards = ModelCatalog.cards;
  const where = cards.map((card) => [
    card.name, `\`${constantOf(card)}\``, card.geographies.map(({ prefix }) => prefix).join(', '), yes(card.sourceRegionsOf(InferenceOption.GLOBAL).length > 0),
    listed(card.inRegionOnMantle?.regions ?? []),
    listed(card.inRegionOnRuntime?.regions ?? []), listed(card.regions.filter((region) => card.takesBatchJobs(region))),
  ]);
  const requests = cards.map(({ name, limits, promptCaching, serviceTiers }) => [
    name, thousands(limits?.contextTokens), thousands(limits?.maxOutputTokens), limits?.thinking?.types.join(', ') ?? '?',
    limits?.thinking?.effortLevels?.join(', ') ?? '?',
    limits?.samplingParameters?.join(', ') || 'none', yes(limits?.structuredOutputs), yes(limits?.countTokens), thousands(promptCaching?.minTokensPerCheckpoint),
    serviceTiers!.supported.map((tier) => tier.name).join(', '),
  ]);
  const prices = cards.map((card) => {
    const [global, geo] = [InferenceOption.GLOBAL, InferenceOption.GEO]
      .map((option) => card.prices.find(({ inferenceOption }) => inferenceOption === option)!);
    const { lifecycle } = card;
    const long = geo.longContext && `${geo.longContext.inputPerMillion} / ${geo.longContext.outputPerMillion} above ${thousands(geo.longContext.aboveInputTokens)}`;
    return [
      card.name, `${global.inputPerMillion} / ${global.outputPerMillion}`, `${geo.inputPerMillion} / ${geo.outputPerMillion}`, `${geo.cacheReadPerMillion}`,
      geo.batchInputPerMillion === undefined ? '-' : `${geo.batchInputPerMillion} / ${geo.batchOutputPerMillion}`, long ?? '-',
      lifecycle!.launchDate, lifecycle!.endOfLifeDate ? `Legacy, ends ${lifecycle!.endOfLifeDate}` : `Active, not before ${lifecycle!.endOfLifeNotBefore}`, `[card](${card.sourceUrl})`,
    ];
  });
  return [
    '# The models', WRITTEN,
    'Each constant is a `ModelCard`: pass it as `model`, or name it on the command line with `--model`. Facts are as of the date on each card; where sources disagree, '
    + '`notes.disagreements` of the card says what was chosen. `?` is what no page publishes. Some cards name GovCloud without a table of routes: there a profile is refused with that reason.',
    '## Where they are called',
    table(['Model', 'Constant of `ModelCard`', 'Geo', 'Global', 'In-Region on bedrock-mantle', 'In-Region on bedrock-runtime', 'Batch jobs'], where),
    '## What a request may ask for',
    table(['Model', 'Context', 'Output', 'Thinking', 'Effort', 'Sampling', 'Structured outputs', 'CountTokens', 'Least cached', 'Tiers'], requests),
    '## Prices and lifecycle',
    'US dollars for a million tokens, input / output; Global, and Geo or In-Region.',
    table(['Model', 'Global', 'Geo', 'Cache read', 'Batch', 'Long context', 'Launch', 'Lifecycle', 'Source'], prices),
  ].join('\n\n') + '\n';
}

function movingPage(): string {
  const moves = ModelCatalog.cards.flatMap((before) => {
    const after = before.lifecycle?.successor === undefined ? undefined : ModelCatalog.find(before.lifecycle.successor);
    return after ? [{ before, after, changes: factChanges(before, after).filter(({ verdict }) => verdict !== 'stays') }] : [];
  });
  return [
    '# Moving on', WRITTEN,
    'What changes from each model to the next one of its line; what stays is left out. For an app or a Region, with destinations and prices, ask the command line, which ends with 1 if anything that is used would stop:',
    '```sh\nnpx cdk-bedrock-haiku move --to claude-haiku-5-5 cdk.out\nnpx cdk-bedrock-haiku move --to claude-haiku-5-5 --from eu-west-2 ap-south-1 --uses batch temperature\n```',
    ...moves.flatMap(({ before, after, changes }) => [
      `## ${before.name} to ${after.name}`, table(['', '', before.name, after.name], changes.map(row)),
    ]),
  ].join('\n\n') + '\n';
}

function row({ topic, verdict, before, after }: Change): string[] {
  return [TOPICS[topic], verdict, shortened(before), shortened(after)];
}

function shortened(text: string): string {
  const names = text.split(', ');
  return names.length > MOST_NAMES ? `${names.length} Regions` : text;
}

function constantOf(card: ModelCard): string {
  return Object.entries(ModelCard).find(([, value]) => value === card)![0];
}

function listed(regions: string[]): string {
  return regions.length === 0 ? '-' : regions.length > MOST_NAMES ? `${regions.length} Regions` : [...regions].sort().join(', ');
}

function thousands(count: number | undefined): string {
  return count?.toLocaleString('en-US') ?? '?';
}

function yes(flag: boolean | undefined): string {
  return flag === undefined ? '?' : flag ? 'yes' : '-';
}

function table(titles: string[], rows: string[][]): string {
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

if (require.main === module) {
  for (const [file, text] of Object.entries(modelDocs())) writeFileSync(join(__dirname, '../docs', file), text);
}
