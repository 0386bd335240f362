import { every, Truth } from './truth';
import { Unknown } from '../private/unknown';

/** Text of a policy or of a request, perhaps with gaps. */
export type Text = string | Unknown;

/** The value of a policy variable; nothing if the request has none, and then the text matches nothing. */
export type Variables = (name: string) => Text | undefined;

/** How a text of a policy is read. */
export interface Reading {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards?: boolean | undefined;
  /** Left out where `${...}` is plain text. */
  readonly variables?: Variables | undefined;
  /** How many colons must come before a variable. */
  readonly variablesAfter?: number | undefined;
  readonly ignoreCase?: boolean | undefined;
}

/** A text place by place: one character, a wildcard or a gap in each. */
export interface Pattern {
  readonly units: readonly string[];
  /** Where the text itself has colons; those inside the value of a variable divide nothing. */
  readonly colons: readonly number[];
}

type Part = Unknown['pieces'][number] | { readonly variable: string };

// Longer than a character, so that none is mistaken for them.
const ANY_TEXT = 'any text';
const ANY_CHARACTER = 'any character';
const GAP = 'gap of ';

export const ARN_PARTS = 6;

/** The pattern of a text; nothing if it holds a variable without a value. */
export function patternOf(text: Text, { wildcards, variables, variablesAfter = 0, ignoreCase }: Reading = {}): Pattern | undefined {
  const units: string[] = [];
  const colons: number[] = [];
  const addGap = (source: string) => units.push(GAP + source);
  const addText = (plain: string) => {
    for (const character of ignoreCase ? plain.toLowerCase() : plain) units.push(character);
  };
  const addPattern = (part: string) => {
    for (const character of ignoreCase ? part.toLowerCase() : part) {
      if (character === ':') colons.push(units.length);
      units.push(wildcards && character === '*' ? ANY_TEXT : wildcards && character === '?' ? ANY_CHARACTER : character);
    }
  };
  for (const part of piecesOf(text).flatMap((piece): readonly Part[] => typeof piece === 'string' && variables ? variablesIn(piece) : [piece])) {
    if (typeof part === 'string') {
      addPattern(part);
    } else if ('source' in part) {
      addGap(part.source);
    } else {
      // Where none may be, it is plain text, with colons that divide nothing.
      const value = colons.length < variablesAfter ? `\${${part.variable}}` : variables!(part.variable);
      if (value === undefined) return undefined;
      for (const piece of piecesOf(value)) typeof piece === 'string' ? addText(piece) : addGap(piece.source);
    }
  }
  return { units, colons };
}

/**
 * What most texts show without a look at each of their signs: whether they are the same, or that a pattern begins otherwise. Nothing if it
 * takes that look.
 */
export function plainly(pattern: Text, text: Text, { wildcards, variables, ignoreCase }: Reading): boolean | undefined {
  if (typeof pattern !== 'string' || typeof text !== 'string' || (variables && pattern.includes('${'))) return undefined;
  const [wanted, given] = ignoreCase ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  const wild = wildcards ? wanted.search(/[*?]/) : -1;
  if (wild === -1) return wanted === given;
  return given.startsWith(wanted.slice(0, wild)) ? undefined : false;
}

/** The same of ARNs: what is none is not even the same as itself. */
export function plainlyArn(pattern: Text, arn: Text, reading: Reading): boolean | undefined {
  const plain = plainly(pattern, arn, reading);
  return plain === true ? (arn as string).split(':', ARN_PARTS).length === ARN_PARTS : plain;
}

/** Whether a text is what the pattern says. Takes time by the product of both lengths, whatever the wildcards. */
export function matches({ units: pattern }: Pick<Pattern, 'units'>, { units: text }: Pick<Pattern, 'units'>): Truth {
  // What has neither wildcards nor gaps, as most has, needs no more than this.
  if ([...pattern, ...text].every(isCharacter)) return pattern.join('') === text.join('');
  if (reaches(pattern, text, true)) return true;
  const gaps = [...pattern, ...text].filter(isGap);
  return gaps.length > 0 && reaches(pattern, text, false) && { unknown: [...new Set(gaps.map((gap) => gap.slice(GAP.length)))] };
}

/**
 * Whether an ARN is what the pattern says: each of its six parts by itself, so that a `*` never reaches over a colon into the next part.
 * It may reach over those that the last part has. What is no ARN as it stands can be one only by what fills its gaps.
 */
export function matchesArn(pattern: Pattern, arn: Pattern): Truth {
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  if (wanted.length === ARN_PARTS && given.length === ARN_PARTS) {
    return every(wanted.map((units, index) => matches({ units }, { units: given[index] })));
  }
  const mayBe = ({ units }: Pattern, parts: string[][]) => parts.length === ARN_PARTS || units.some(isGap);
  return mayBe(pattern, wanted) && mayBe(arn, given) && matches(pattern, arn);
}

/**
 * Whether the pattern can stand for the text; if certain, whatever fills the gaps. Worked out from the ends backwards: `row` says for each
 * place of the text whether what follows of both fits.
 */
function reaches(pattern: readonly string[], text: readonly string[], certain: boolean): boolean {
  const isAnything = (unit: string) => unit === ANY_TEXT || (!certain && isGap(unit));
  let row = new Array<boolean>(text.length + 1).fill(false);
  row[text.length] = true;
  for (let place = text.length - 1; place >= 0 && !certain && isGap(text[place]); place--) row[place] = true;
  for (const unit of [...pattern].reverse()) {
    const before = new Array<boolean>(text.length + 1).fill(false);
    before[text.length] = isAnything(unit) && row[text.length];
    for (let place = text.length - 1; place >= 0; place--) {
      if (isAnything(unit)) before[place] = row[place] || before[place + 1];
      else if (!certain && isGap(text[place])) before[place] = row[place] || before[place + 1];
      else before[place] = row[place + 1] && (unit === text[place] || (unit === ANY_CHARACTER && !isGap(text[place])));
    }
    row = before;
  }
  return row[0];
}

function partsOf({ units, colons }: Pattern): string[][] {
  const ends = [...colons.slice(0, ARN_PARTS - 1), units.length];
  return ends.map((end, index) => units.slice(index === 0 ? 0 : ends[index - 1] + 1, end));
}

/** A text with what stands between `${` and `}` apart. */
function variablesIn(text: string): Part[] {
  return text.split(/(?=\$\{)/).flatMap((part) => {
    const end = part.startsWith('${') ? part.indexOf('}') : -1;
    return end === -1 ? [part] : [{ variable: part.slice(2, end) }, part.slice(end + 1)];
  });
}

function piecesOf(text: Text): Unknown['pieces'] {
  return typeof text === 'string' ? [text] : text.pieces;
}

function isCharacter(unit: string): boolean {
  return unit !== ANY_TEXT && unit !== ANY_CHARACTER && !isGap(unit);
}

function isGap(unit: string): boolean {
  return unit.startsWith(GAP);
}
