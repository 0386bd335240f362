import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { adopted, brand, FACTORY, onlyByFactory, shownAsNo } from '../private/brand';
import { HaikuError } from '../private/errors';

/**
 * Where requests may run: in a geography, or in any commercial Region.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export class InferenceRouting {
  /**
   * Requests stay in this geography. The source Region must be one that the geography serves.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
   */
  public static geo(geography: Geography): InferenceRouting {
    const own = Geography._own(geography);
    if (!own) {
      throw new HaikuError(
        `Geography is not a Geography, got ${shownAsNo('Geography', geography)}; expected Geography.US, EU, AU, JP or IN. `
        + 'A geography decides where data may go, so it must be known at synth time: pass Geography.of(prefix) with a literal prefix.');
    }
    return new InferenceRouting(FACTORY, InferenceOption.GEO, own);
  }

  /**
   * Requests may run in any commercial AWS Region. Prompts and answers can leave the source Region's geography.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
   */
  public static globalCrossRegion(): InferenceRouting {
    return new InferenceRouting(FACTORY, InferenceOption.GLOBAL);
  }

  /**
   * Requests stay in the geography that the source Region belongs to. Never falls back to global inference.
   */
  public static sourceGeography(): InferenceRouting {
    return new InferenceRouting(FACTORY, InferenceOption.GEO);
  }

  /**
   * The routing itself, or this copy's of the same meaning for one that another installed copy of the package made.
   * @internal
   */
  public static _own(value: unknown): InferenceRouting | undefined {
    if (value instanceof InferenceRouting) return value;
    return adopted<InferenceRouting>(value, 'InferenceRouting', ({ inferenceOption, geography }) => {
      if (inferenceOption === InferenceOption.GLOBAL) return InferenceRouting.globalCrossRegion();
      // Guessed, what this copy does not know could let data leave its geography.
      if (inferenceOption !== InferenceOption.GEO) throw new TypeError(`Inference option ${String(inferenceOption)} is not known`);
      return geography === undefined ? InferenceRouting.sourceGeography() : InferenceRouting.geo(geography);
    });
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _inferenceOption: InferenceOption,
    /** @internal */
    public readonly _geography?: Geography,
  ) {
    onlyByFactory(caller, 'InferenceRouting', 'InferenceRouting.geo(...), .globalCrossRegion() or .sourceGeography()');
  }

  /**
   * The inference option: Geo or Global.
   */
  public get inferenceOption(): InferenceOption {
    return this._inferenceOption;
  }

  /**
   * The geography, if one is named. Global inference has none, and otherwise it is the one that the source Region belongs to.
   */
  public get geography(): Geography | undefined {
    return this._geography;
  }

  /**
   * `Geo EU`, `Geo of the source Region` or `Global`.
   */
  public toString(): string {
    if (this.geography) return this.geography.toString();
    return this.inferenceOption === InferenceOption.GLOBAL ? 'Global' : 'Geo of the source Region';
  }
}

brand(InferenceRouting, 'InferenceRouting');
