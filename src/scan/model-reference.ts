import { ModelCard } from '../catalog/model-card';
import { Unknown } from '../private/unknown';

/** What a text names that a caller calls, or that a policy is about. */
export type ModelReference =
  /** The bare ID of a model, or the ARN of the foundation model. */
  | { readonly kind: 'model'; readonly card: ModelCard; readonly text: string }
  /** An inference profile that the card has; an ARN tells its Region and account too. */
  | { readonly kind: 'profile'; readonly card: ModelCard; readonly text: string; readonly id: string; readonly region?: string; readonly account?: string }
  /** An ID of the card's model that no page of AWS has. */
  | { readonly kind: 'unpublished'; readonly card: ModelCard; readonly text: string; readonly id: string }
  /** The model's ID on bedrock-mantle. */
  | { readonly kind: 'mantle'; readonly card: ModelCard; readonly text: string }
  /** An application inference profile. */
  | { readonly kind: 'application'; readonly text: string; readonly region: string }
  /** A text about the card's model of which a part cannot be known. */
  | { readonly kind: 'open'; readonly card: ModelCard; readonly text: Unknown };

const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]*):(\d*):(foundation-model|inference-profile|application-inference-profile)\/(\S+)$/;

/** What libraries write before an ID to say that it is one of Amazon Bedrock, and what Claude Code writes after it. */
const AROUND = /^(?:bedrock[/:])?(?:(?:converse|invoke|converse_like)\/)?|\[1m\]$/g;

/** A longer text is no ID. */
const LONGEST = 300;

/** Reads a whole text as the name of a model of these cards; nothing if it names none. */
export function readReference(value: unknown, cards: readonly ModelCard[]): ModelReference | undefined {
  if (Unknown.isUnknown(value)) return openReference(value, cards);
  if (typeof value !== 'string' || value.length > LONGEST) return undefined;
  const text = value.trim().replace(AROUND, '');
  const [, region, account, kind, name] = ARN.exec(text) ?? [];
  if (kind === 'application-inference-profile') return { kind: 'application', text, region };
  const id = name ?? text;
  const card = cardOf(id, cards);
  if (!card) return undefined;
  if (kind === 'foundation-model') return { kind: 'model', card, text };
  if (card.inferenceProfileIds.includes(id)) return { kind: 'profile', card, text, id, ...kind && { region, account } };
  if (kind === undefined && id === card.modelId) return { kind: 'model', card, text };
  if (kind === undefined && id === card.mantleModelId) return { kind: 'mantle', card, text };
  return { kind: 'unpublished', card, text, id };
}

/** Whether an ID has a geography in front of the model's own: `eu.anthropic...`. */
export function hasPrefix(id: string, card: ModelCard): boolean {
  return !id.startsWith(`${providerOf(card)}.`);
}

/** The part of a model's ID that no release of the same model changes: `anthropic.claude-haiku-4-5`. */
export function stemOf({ modelId }: ModelCard): string {
  return /^(.*?)(?:-\d{8})?(?:-v\d{1,3})?(?::\d{1,3})?$/.exec(modelId)![1];
}

/** The card whose model an ID is about, whatever stands before the name of its provider. */
function cardOf(id: string, cards: readonly ModelCard[]): ModelCard | undefined {
  return cards.find((card) => {
    const stem = stemOf(card);
    const start = id.indexOf(stem);
    return start >= 0 && /^(?:[A-Za-z-]+\.)*$/.test(id.slice(0, start)) && isRelease(id.slice(start + stem.length));
  });
}

/** What may follow a stem: a date, a version, a context size; `-5` would be another model. */
function isRelease(rest: string): boolean {
  return rest === '' || (/^(?:[-:@.](?:\d{4}|v\d|latest)|:\d)/.test(rest) && /^[\w:.@-]*$/.test(rest));
}

/** Known text around a gap tells the model if its ID stands in it. */
function openReference(value: Unknown, cards: readonly ModelCard[]): ModelReference | undefined {
  const text = value.toString();
  const card = cards.find((one) => text.includes(stemOf(one)) && isRelease(text.slice(text.indexOf(stemOf(one)) + stemOf(one).length)));
  return card && { kind: 'open', card, text: value };
}

function providerOf({ modelId }: ModelCard): string {
  return modelId.slice(0, modelId.indexOf('.'));
}
