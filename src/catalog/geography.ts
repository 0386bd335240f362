import { adopted, brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/** The first part of the ID of a global inference profile, which is no geography. */
export const GLOBAL_PREFIX = 'global';

/** The marker that CDK puts into a string which is only known at deploy time. */
const TOKEN = '${Token[';

/**
 * A geography of Geo cross-Region inference: the boundary that a request never leaves.
 *
 * The prefix is the first part of an inference profile ID (`eu.anthropic...`). Whether a model is published
 * in a geography is judged with its model card, not here.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 */
export class Geography {
  /** United States and Canada, `us.` */
  public static readonly US = new Geography(FACTORY, 'us');
  /** Europe, `eu.` */
  public static readonly EU = new Geography(FACTORY, 'eu');
  /** Australia and New Zealand, `au.` */
  public static readonly AU = new Geography(FACTORY, 'au');
  /** Japan, `jp.` */
  public static readonly JP = new Geography(FACTORY, 'jp');
  /** India, `in.` */
  public static readonly IN = new Geography(FACTORY, 'in');

  /**
   * The geography with this prefix, for example one that AWS has added since this release.
   *
   * Throws if the prefix is an unresolved token or cannot be the first part of an inference profile ID.
   *
   * @param prefix - lower case, without the dot, for example `eu`
   */
  public static of(prefix: string): Geography {
    if (typeof prefix === 'string' && prefix.includes(TOKEN)) {
      throw new HaikuError(
        `Geography prefix is an unresolved token, got ${shown(prefix)}; expected a literal such as "eu". `
        + 'A geography decides where data may go, so it must be known at synth time: pass a literal, '
        + 'or leave routing out to follow the Region of the stack.');
    }
    if (!Geography._isPrefix(prefix)) {
      const instead = prefix === GLOBAL_PREFIX
        ? 'Global inference is not a geography: use InferenceRouting.globalCrossRegion().'
        : `Use ${known(prefix) ?? 'Geography.US, Geography.EU, Geography.AU, Geography.JP or Geography.IN'}, or the first part of the inference profile ID.`;
      throw new HaikuError(`Geography prefix is not valid, got ${shown(prefix)}; expected lower-case letters such as "eu". ${instead}`);
    }
    return Geography.PUBLISHED.find((geography) => geography.prefix === prefix) ?? new Geography(FACTORY, prefix);
  }

  /**
   * Whether a value can be the first part of a geography's inference profile IDs.
   * @internal
   */
  public static _isPrefix(value: unknown): value is string {
    return typeof value === 'string' && /^[a-z]{2,}(-[a-z]+)*$/.test(value) && value !== GLOBAL_PREFIX;
  }

  /**
   * The geography itself, or this copy's of the same prefix for one that another installed copy of the package made.
   * @internal
   */
  public static _own(value: unknown): Geography | undefined {
    if (value instanceof Geography) return value;
    return adopted<Geography>(value, 'Geography', ({ prefix }) => Geography.of(prefix));
  }

  private static readonly PUBLISHED = [Geography.US, Geography.EU, Geography.AU, Geography.JP, Geography.IN];

  // Not frozen: the jsii kernel tags the objects that it hands to other languages. No private field: TypeScript takes an object of
  // another installed copy only if all of it can be seen.
  /** @internal */
  public readonly _prefix: string;

  private constructor(caller: symbol, prefix: string) {
    onlyByFactory(caller, 'Geography', 'Geography.EU or Geography.of("eu")');
    this._prefix = prefix;
  }

  /**
   * The first part of the geography's inference profile IDs, without the dot.
   */
  public get prefix(): string {
    return this._prefix;
  }

  /**
   * The name that AWS prints: `Geo EU`.
   */
  public toString(): string {
    return `Geo ${this.prefix.toUpperCase()}`;
  }
}

brand(Geography, 'Geography');

/** `EU`, `Eu.` and the like: what was probably meant. */
function known(given: unknown): string | undefined {
  const letters = shown(given).toLowerCase().replace(/[^a-z]/g, '');
  return ['us', 'eu', 'au', 'jp', 'in'].includes(letters) ? `Geography.${letters.toUpperCase()}` : undefined;
}
