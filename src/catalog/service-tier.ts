import { Citation } from './citation';
import { adopted, brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/**
 * A service tier: what a request pays and how it is served when there is much to do. Whether a model has it is judged with its card.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html
 */
export class ServiceTier {
  /** Standard: pay for what is used. */
  public static readonly DEFAULT = new ServiceTier(FACTORY, 'default');
  /** Reserved: capacity that was bought ahead. */
  public static readonly RESERVED = new ServiceTier(FACTORY, 'reserved');
  /** Priority: served first, for a higher price. */
  public static readonly PRIORITY = new ServiceTier(FACTORY, 'priority');
  /** Flex: served later, for a lower price. */
  public static readonly FLEX = new ServiceTier(FACTORY, 'flex');

  /**
   * A tier that AWS has added since this release.
   *
   * Throws if the name is not text.
   *
   * @param name - what requests call it, for example `default`
   */
  public static of(name: string): ServiceTier {
    if (typeof name === 'string' && name.trim() !== '') return new ServiceTier(FACTORY, name);
    throw new HaikuError(`Service tier has no name, got ${shown(name)}; expected what requests call it, for example "default". Use ServiceTier.DEFAULT, or that name.`);
  }

  /**
   * The tier itself, or this copy's of the same name for one that another installed copy of the package made.
   * @internal
   */
  public static _own(value: unknown): ServiceTier | undefined {
    if (value instanceof ServiceTier) return value;
    return adopted<ServiceTier>(value, 'ServiceTier', ({ name }) => ServiceTier.of(name));
  }

  // Not frozen: the jsii kernel tags the objects that it hands to other languages.
  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _name: string,
  ) {
    onlyByFactory(caller, 'ServiceTier', 'ServiceTier.DEFAULT, ServiceTier.RESERVED or ServiceTier.of(name)');
  }

  /** What requests call the tier. */
  public get name(): string { return this._name; }
}

brand(ServiceTier, 'ServiceTier');

/**
 * Which service tiers a model has.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html
 */
export interface ServiceTierSupport extends Citation {
  /**
   * The tiers that requests may name. `ServiceTier.DEFAULT` is what AWS's pages call Standard.
   */
  readonly supported: ServiceTier[];

  /**
   * The tiers that exist but not for this model.
   */
  readonly unsupported: ServiceTier[];
}
