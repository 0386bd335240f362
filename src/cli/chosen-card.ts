import { ModelCard } from '../catalog/model-card';

/** The card that `--card` names, or the built-in one. */
export function chosenCard({ card }: { readonly card?: string }): ModelCard {
  return card === undefined ? ModelCard.CLAUDE_HAIKU_4_5 : ModelCard.fromFile(card);
}
