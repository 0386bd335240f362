import { ModelCard } from '../catalog/model-card';

/** The card that `--card` names, or the built-in one. */
export function chosenCard({ card }: { readonly card?: string }): ModelCard {
  return card === undefined ? ModelCard._DEFAULT : ModelCard.fromFile(card);
}
