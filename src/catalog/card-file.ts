import { cardProblems } from './card-checks';
import { CARD, shapeProblems } from './card-shape';
import { Geography } from './geography';
import { ModelCardProps } from './model-card-props';
import { HaikuError, shown } from '../private/errors';
import type { TextFileKind } from '../private/text-file';

/** How messages speak of such a file. */
export const CARD_FILE: TextFileKind = {
  expected: 'a model card file',
  content: 'JSON',
  advice: 'The command npx cdk-bedrock-haiku card --from-account writes such a file.',
};

const FORMAT = 'cdk-bedrock-haiku/model-card/1';

/**
 * Reads the text of a card file. It is judged as strictly as `ModelCard.of`, and a field that a card does not have is refused.
 *
 * Throws with every problem at once.
 *
 * @param path - where the text comes from, for the message
 */
export function parseCard(text: string, path: string): ModelCardProps {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new HaikuError(`Model card file is not JSON, got ${shown(path)}: ${(error as Error).message}; expected what `
      + 'npx cdk-bedrock-haiku card --from-account writes. Write it anew, or mend it there.');
  }
  const problems = fileProblems(file);
  if (problems.length > 0) {
    throw new HaikuError([`Model card file is not valid, got ${shown(path)}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
  return fromFileForm(file as Record<string, unknown>) as unknown as ModelCardProps;
}

/** The text of a card file: two spaces, one field a line, a newline at the end. */
export function formatCard(card: ModelCardProps): string {
  const { name, modelId, sourceUrl, asOf, ...rest } = card;
  return `${JSON.stringify({ format: FORMAT, name, modelId, sourceUrl, asOf, ...rest }, (_, value: unknown) => {
    return value instanceof Geography ? value.prefix : value;
  }, 2)}\n`;
}

/** First the shape; then the meaning of each field whose shape is sound, so that one mistake hides no other. */
function fileProblems(file: unknown): string[] {
  const shapes = shapeProblems(file, CARD);
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return shapes;
  const broken = new Set(shapes.map(firstField));
  const sound = Object.fromEntries(Object.entries(file).filter(([name]) => !broken.has(name)));
  const meanings = cardProblems(fromFileForm(sound) as unknown as ModelCardProps).map((problem) => problem.replace(/^card\./, ''));
  return [...shapes, ...meanings.filter((problem) => !fieldsOf(problem).some((field) => broken.has(field)))];
}

function firstField(problem: string): string {
  return fieldsOf(problem)[0];
}

/** The fields of the card that a problem is about: what stands before its colon. */
function fieldsOf(problem: string): string[] {
  return problem.slice(0, problem.indexOf(': got ')).split(', ').map((path) => path.replace(/[.[].*/s, ''));
}

/** A file holds a geography as its prefix, and the format's name. */
function fromFileForm({ format: _format, ...file }: Record<string, unknown>): Record<string, unknown> {
  const geographies = (prefixes: string[]) => prefixes.map((prefix) => Geography.of(prefix));
  const routes = file.geoRoutes as Array<{ geography: string }> | undefined;
  const limits = file.limits as { geographiesWithoutStructuredOutputs?: string[] } | undefined;
  const without = limits?.geographiesWithoutStructuredOutputs;
  return {
    ...file,
    ...(routes && { geoRoutes: routes.map((row) => ({ ...row, geography: Geography.of(row.geography) })) }),
    ...(limits && without && { limits: { ...limits, geographiesWithoutStructuredOutputs: geographies(without) } }),
  };
}
