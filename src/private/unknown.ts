import { brand, isBranded } from './brand';

/** What a template or a policy alone does not tell: known text with gaps, each with the name of what fills it. */
export class Unknown {
  /** A value of which nothing is known but where it comes from, such as `Bucket.Arn`. */
  public static of(source: string): Unknown {
    return new Unknown([{ source }]);
  }

  /** Texts, and texts with gaps, one after the other. */
  public static joined(parts: ReadonlyArray<string | Unknown>, separator = ''): string | Unknown {
    const pieces = parts.flatMap((part, index): Piece[] => [...index > 0 ? [separator] : [], ...Unknown.isUnknown(part) ? part.pieces : [part]]);
    return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : new Unknown(pieces);
  }

  /** Whether a value cannot be known. */
  public static isUnknown(value: unknown): value is Unknown {
    return isBranded(value, 'Unknown');
  }

  /** Every value in here that cannot be known. */
  public static in(value: unknown): Unknown[] {
    if (Unknown.isUnknown(value)) return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap((part) => Unknown.in(part)) : [];
  }

  private constructor(
    /** Known text and gaps, in their order. */
    public readonly pieces: readonly Piece[],
  ) {}

  /** What fills the gaps. */
  public get sources(): string[] {
    return this.pieces.flatMap((piece) => typeof piece === 'string' ? [] : [piece.source]);
  }

  /** The text, each gap as `${source}`. */
  public toString(): string {
    return this.pieces.map((piece) => typeof piece === 'string' ? piece : `\${${piece.source}}`).join('');
  }

  public toJSON(): string {
    return this.toString();
  }
}

brand(Unknown, 'Unknown');

/** Known text, or a gap. */
export type Piece = string | { readonly source: string };
