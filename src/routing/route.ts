import { foundationModelArn, inferenceProfileArn, partitionOf } from './arn';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { checkKind, required, TEXT } from '../private/prop-kind';

/**
 * How a request reaches the model from a source Region.
 */
export class InferenceRoute {
  /** @internal */
  public static _geo(card: ModelCard, geography: Geography, sourceRegion: string, destinations: readonly string[]): InferenceRoute {
    return new InferenceRoute(card, sourceRegion, geography, destinations);
  }

  /** @internal */
  public static _global(card: ModelCard, sourceRegion: string): InferenceRoute {
    return new InferenceRoute(card, sourceRegion);
  }

  private constructor(
    /** @internal */
    public readonly _card: ModelCard,
    /** @internal */
    public readonly _sourceRegion: string,
    /** @internal */
    public readonly _geography?: Geography,
    /** @internal */
    public readonly _destinations?: readonly string[],
  ) {}

  /** `GEO` or `GLOBAL`. */
  public get option(): InferenceOption { return this._geography ? InferenceOption.GEO : InferenceOption.GLOBAL; }

  /** The geography that the request stays in. Global inference has none. */
  public get geography(): Geography | undefined { return this._geography; }

  /** The Region that the request is sent to. */
  public get sourceRegion(): string { return this._sourceRegion; }

  /** The Regions that the request may run in. AWS publishes no list for global inference, so it is left out there. */
  public get destinationRegions(): string[] | undefined { return this._destinations && [...this._destinations]; }

  /** The ID to call the model by. */
  public get inferenceProfileId(): string { return this._card.inferenceProfileId(this._geography); }

  /**
   * The foundation models that IAM checks: one for each destination Region, or for global inference
   * the source Region's and the one without a Region.
   */
  public get foundationModelArns(): string[] {
    // The one without a Region is in the partition of the source Region, too.
    const partition = partitionOf(this._sourceRegion);
    return (this._destinations ?? [this._sourceRegion, '']).map((region) => foundationModelArn(region, this._card.modelId, partition));
  }

  /**
   * The ARN of the inference profile for a caller of this account. The profile exists in every account.
   */
  public inferenceProfileArn(account: string): string {
    checkKind('account', account, required(TEXT));
    return inferenceProfileArn(this._sourceRegion, account, this.inferenceProfileId);
  }
}
