import { Unknown } from '../../private/unknown';
import { Resource } from '../../template/stack';
import { isRecord } from '../../template/template-json';

/** The definition of a state machine or a flow with its substitutions; a text in it that has gaps is an `Unknown`. Nothing if it cannot be read. */
export function definitionOf({ properties }: Resource): unknown {
  const { DefinitionString, Definition, DefinitionSubstitutions } = properties;
  const text = filledIn(DefinitionString ?? JSON.stringify(Definition), isRecord(DefinitionSubstitutions) ? DefinitionSubstitutions : {});
  if (text === undefined) return undefined;
  try {
    return withGaps(JSON.parse(String(text)), new Set(Unknown.isUnknown(text) ? text.sources : []));
  } catch {
    return undefined;
  }
}

function filledIn(text: unknown, substitutions: Record<string, unknown>): string | Unknown | undefined {
  if (typeof text !== 'string' && !Unknown.isUnknown(text)) return undefined;
  const value = (name: string, otherwise: string | Unknown): string | Unknown => {
    const given = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined;
    return typeof given === 'string' || Unknown.isUnknown(given) ? given : otherwise;
  };
  const pieces = typeof text === 'string' ? [text] : text.pieces;
  return Unknown.joined(pieces.flatMap((piece) => typeof piece === 'string'
    ? piece.split(/(\$\{\w{1,255}\})/).map((part) => part.startsWith('${') ? value(part.slice(2, -1), part) : part)
    : [value(piece.source, Unknown.of(piece.source))]));
}

function withGaps(value: unknown, sources: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((part) => withGaps(part, sources));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withGaps(part, sources)]));
  if (typeof value !== 'string' || sources.size === 0 || !value.includes('${')) return value;
  return Unknown.joined(value.split(/(\$\{[^{}]{1,500}\})/).map((part) => part.startsWith('${') && sources.has(part.slice(2, -1)) ? Unknown.of(part.slice(2, -1)) : part));
}
