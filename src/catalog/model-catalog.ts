import { ModelCard } from './model-card';
import { shownAsNo } from '../private/brand';
import { HaikuError, shown, shownList } from '../private/errors';
import { nearest } from '../private/nearest';

/**
 * Finds a model card by any name that a platform gives the model.
 */
export class ModelCatalog {
  /**
   * The card of the model that a platform calls this, or nothing.
   *
   * Takes the model's name, its foundation model ID, its bedrock-mantle ID, the ID of one of its inference profiles, and the
   * names of other platforms, each spelled exactly.
   *
   * @param name - for example `claude-haiku-4-5` or `eu.anthropic.claude-haiku-4-5-20251001-v1:0`
   * @param cards - cards of your own, which are asked first
   */
  public static find(name: string, cards?: ModelCard[]): ModelCard | undefined {
    return allCards(cards).find((card) => namesOf(card).includes(name));
  }

  /**
   * The card of the model that a platform calls this.
   *
   * Throws if no card has the name, and suggests the nearest one that exists.
   *
   * @param name - for example `claude-haiku-4-5`
   * @param cards - cards of your own, which are asked first
   */
  public static require(name: string, cards?: ModelCard[]): ModelCard {
    const card = ModelCatalog.find(name, cards);
    if (card) return card;
    const names = allCards(cards).flatMap(namesOf);
    throw new HaikuError(
      `Model name is not known, got ${shown(name)}; expected one of ${shownList(names)}. `
      + `The nearest is ${shown(nearest(typeof name === 'string' ? name : '', names))}. For another model, pass a card of your own: ModelCard.of({...}).`);
  }

  private constructor() {}
}

function allCards(own: unknown = []): ModelCard[] {
  const cards = Array.isArray(own) ? own.map((card) => ModelCard._own(card)) : [undefined];
  if (cards.every((card) => card !== undefined)) return [...cards, ModelCard.CLAUDE_HAIKU_4_5];
  const other = Array.isArray(own) ? own[cards.indexOf(undefined)] as unknown : own;
  throw new HaikuError(`cards are not a list of ModelCard, got ${shownAsNo('ModelCard', other)}; expected a list such as [ModelCard.of({...})]. Change it, or leave cards out.`);
}

function namesOf(card: ModelCard): string[] {
  return [...new Set([
    card.name, card.modelId, ...(card.mantleModelId ? [card.mantleModelId] : []),
    ...card.inferenceProfileIds, ...card.platformNames.map(({ name }) => name),
  ])];
}
