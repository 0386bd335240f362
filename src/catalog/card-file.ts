import { CARD, CARD_FILE, FORMAT } from './card-shape';
import { Geography } from './geography';
import { ModelCardProps } from './model-card-props';
import { ServiceTier } from './service-tier';
import { HaikuError, shown } from '../private/errors';
import type { TextFileKind } from '../private/text-file';

/** How messages speak of such a file. */
export const CARD_FILE_TEXT: TextFileKind = {
  expected: 'a model card file',
  content: 'JSON',
  advice: 'The command npx cdk-bedrock-haiku card --from-account writes such a file.',
};

/**
 * Reads the text of a card file: the fields of `ModelCardProps`, a geography as its prefix, a service tier as its name, and the values
 * of enums. It is judged as strictly as `ModelCard.of`, and a field that a card does not have is refused.
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
  const problems = CARD_FILE.problems(file, '', 'file');
  if (problems.length > 0) {
    throw new HaikuError([`Model card file is not valid, got ${shown(path)}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
  return CARD.read(file) as ModelCardProps;
}

/** The text of a card file: two spaces, one field a line, a newline at the end. */
export function formatCard(card: ModelCardProps): string {
  const file = { format: FORMAT, ...CARD.read(card) as ModelCardProps };
  return `${JSON.stringify(file, (_, value: unknown) => Geography._own(value)?.prefix ?? ServiceTier._own(value)?.name ?? value, 2)}\n`;
}
