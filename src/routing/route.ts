import { foundationModelArn, inferenceProfileArn, partitionOf } from './arn';
import { InferenceOption } from './inference-routing';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';

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

  readonly #card: ModelCard;
  readonly #sourceRegion: string;
  readonly #geography?: Geography;
  readonly #destinations?: readonly string[];

  private constructor(card: ModelCard, sourceRegion: string, geography?: Geography, destinations?: readonly string[]) {
    this.#card = card;
    this.#sourceRegion = sourceRegion;
    this.#geography = geography;
    this.#destinations = destinations;
  }

  /** `GEO` or `GLOBAL`. */
  public get option(): InferenceOption { return this.#geography ? InferenceOption.GEO : InferenceOption.GLOBAL; }

  /** The geography that the request stays in. Global inference has none. */
  public get geography(): Geography | undefined { return this.#geography; }

  /** The Region that the request is sent to. */
  public get sourceRegion(): string { return this.#sourceRegion; }

  /** The Regions that the request may run in. AWS publishes no list for global inference, so it is left out there. */
  public get destinationRegions(): string[] | undefined { return this.#destinations && [...this.#destinations]; }

  /** The ID to call the model by. */
  public get inferenceProfileId(): string { return this.#card._profileId(this.#geography?.prefix ?? 'global'); }

  /**
   * The foundation models that IAM checks: one for each destination Region, or for global inference
   * the source Region's and the one without a Region.
   */
  public get foundationModelArns(): string[] {
    // The one without a Region is in the partition of the source Region, too.
    const partition = partitionOf(this.#sourceRegion);
    return (this.#destinations ?? [this.#sourceRegion, '']).map((region) => foundationModelArn(region, this.#card.modelId, partition));
  }

  /**
   * The model's facts.
   * @internal
   */
  public get _card(): ModelCard { return this.#card; }

  /**
   * The ARN of the inference profile for a caller of this account. The profile exists in every account.
   */
  public inferenceProfileArn(account: string): string {
    return inferenceProfileArn(this.#sourceRegion, account, this.inferenceProfileId);
  }
}
