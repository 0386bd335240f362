import { ModelCard } from './model-card';
import { shownAsNo } from '../private/brand';
import { HaikuError, shown, shownList } from '../private/errors';
import { nearestOf } from '../private/nearest';

/** How many names an error offers. */
const OFFERED = 3;

/** The longest name that is compared letter by letter: what is longer is none. */
const LONGEST = 200;

/**
 * Finds a model card by any name that a platform gives the model.
 */
export class ModelCatalog {
  /** The cards of this release: `ModelCard.CLAUDE_HAIKU_4_5` and its like. */
  public static get cards(): ModelCard[] {
    return Object.values(ModelCard).filter((value, index, all) => value instanceof ModelCard && all.indexOf(value) === index);
  }

  /**
   * The card of the model that a platform calls this, or nothing.
   *
   * Takes the model's name, with or without its maker's, its foundation model ID, its bedrock-mantle ID, the ID of one of its
   * inference profiles, the ARNs of the foundation model and of these profiles, and the names of other platforms. Case, spaces,
   * dashes and punctuation do not matter, but between numbers there must be some: `haiku-4.5` is found, `haiku-45` is not. In an
   * ARN only case does not matter.
   *
   * @param name - for example `claude-haiku-4-5` or `eu.anthropic.claude-haiku-4-5-20251001-v1:0`
   * @param cards - cards of your own, which are asked first
   */
  public static find(name: string, cards?: ModelCard[]): ModelCard | undefined {
    if (typeof name !== 'string' || name.length > LONGEST) return undefined;
    const wanted = resourceOf(folded(name));
    const all = allCards(cards);
    const exact = all.find((card) => namesOf(card).some((known) => folded(known) === wanted));
    if (exact || wanted !== folded(name)) return exact;
    const spelled = all.filter((card) => namesOf(card).some((known) => lettersAndNumbers(known) === lettersAndNumbers(name)));
    // Names of two models that differ in punctuation alone tell neither.
    return spelled.every(({ modelId }) => modelId === spelled[0].modelId) ? spelled[0] : undefined;
  }

  /**
   * The card of the model that a platform calls this.
   *
   * Throws if no card has the name, and suggests the nearest ones that exist.
   *
   * @param name - for example `claude-haiku-4-5`
   * @param cards - cards of your own, which are asked first
   */
  public static require(name: string, cards?: ModelCard[]): ModelCard {
    const card = ModelCatalog.find(name, cards);
    if (card) return card;
    // Callers without a type checker pass other things here; a long text is no name and is not repeated.
    const given = typeof name === 'string' ? name.slice(0, LONGEST) : name;
    throw new HaikuError(
      `Model name is not known, got ${shown(given)}; the nearest are ${shownList(ModelCatalog._nearest(given, cards))}. `
      + 'For another model, pass a card of your own, made with ModelCard.of(...).');
  }

  /**
   * The names that are spelled most like this, the nearest first.
   * @internal
   */
  public static _nearest(name: unknown, cards?: ModelCard[]): string[] {
    const names = new Map(allCards(cards).flatMap(namesOf).map((known) => [folded(known), known]));
    const wanted = typeof name === 'string' ? resourceOf(folded(name.slice(0, LONGEST))) : '';
    return nearestOf(wanted, [...names.keys()], OFFERED).map((known) => names.get(known)!);
  }

  /**
   * Every card that is searched: those of one's own, then those of this package.
   * @internal
   */
  public static _cards(own?: ModelCard[]): ModelCard[] { return allCards(own); }

  private constructor() {}
}

function allCards(own: unknown = []): ModelCard[] {
  const cards = Array.isArray(own) ? own.map((card) => ModelCard._own(card)) : [undefined];
  if (cards.every((card) => card !== undefined)) return [...cards, ...ModelCatalog.cards];
  const other = Array.isArray(own) ? own[cards.indexOf(undefined)] as unknown : own;
  throw new HaikuError(`cards are not a list of ModelCard, got ${shownAsNo('ModelCard', other)}; expected a list such as [ModelCard.of(...)]. Change it, or leave cards out.`);
}

/**
 * Every name of the model, each once. Sources also write `Anthropic Claude Haiku 4.5`, `Haiku 4.5` for short, and the model ID without
 * what Bedrock puts around it.
 */
function namesOf(card: ModelCard): string[] {
  const maker = card.modelId.slice(0, card.modelId.indexOf('.'));
  const names = [
    card.name, card.modelId, ...(card.mantleModelId ? [card.mantleModelId] : []),
    ...card.inferenceProfileIds, ...(card.notes.platformNames ?? []).map(({ name }) => name),
    `${maker.charAt(0).toUpperCase()}${maker.slice(1)} ${card.name}`, card.name.replace(/^Claude /, ''),
    card.modelId.slice(maker.length + 1).replace(/-v\d+(:\d+)?$/, ''),
  ];
  return [...new Set(names)];
}

/** The name without what does not matter in it. */
function folded(name: string): string {
  return name.toLowerCase().replace(/\s/g, '');
}

/**
 * The name without its dashes, punctuation and spaces; those between two numbers become one dot, for without them 4-5 would be 45.
 * What is neither, such as the asterisk of a pattern, stays, so that such a name is none.
 */
function lettersAndNumbers(name: string): string {
  return name.toLowerCase().split(/[\s\p{Pd}\p{Pc}./:@,;()'’]/u).filter((part) => part !== '')
    .reduce((before, part) => before + (/\d$/.test(before) && /^\d/.test(part) ? '.' : '') + part, '');
}

/** What an ARN of a foundation model or of an inference profile names; any other text is a name itself. */
function resourceOf(name: string): string {
  return /^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:foundation-model|inference-profile)\/([^/]+)$/.exec(name)?.[1] ?? name;
}
