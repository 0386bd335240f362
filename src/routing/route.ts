import { foundationModelArn, inferenceProfileArn } from './arn';
import { partitionOf } from './partition';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { checkKind, required, TEXT } from '../private/prop-kind';

/** What `aws:RequestedRegion` holds while IAM checks a global call in no particular Region. */
export const NO_REGION = 'unspecified';

/** What IAM checks besides the profile: in a geography the model in each destination Region, globally the model in the source Region and the one without a Region. */
export type Reach =
  | { readonly kind: 'geo'; readonly modelArns: string[] }
  | { readonly kind: 'global'; readonly regionalModelArn: string; readonly globalModelArn: string };

/**
 * How a request reaches the model from a source Region. The Region is known, or it is that of a deployment: then the values are
 * tokens, and a list may be one. InferenceRoute is one, without saying so: jsii lets no public class implement what is not public.
 */
export interface Route {
  readonly _card: ModelCard;
  readonly sourceRegion: string;
  /** The Regions that a deployment can be in, if the source Region is known only then. */
  readonly _sourceRegions?: string[];
  readonly _partition: string;
  readonly inferenceProfileId: string;
  /** AWS publishes no list for global inference. */
  readonly destinationRegions?: string[];
  readonly _reach: Reach;
  /** What `aws:RequestedRegion` may hold. */
  readonly _requestedRegions: string[];
  /** The model's other inference profiles, in any Region and account. */
  readonly _otherProfileArns: string[];
  /** The same for all routes that reach the same models in the same way. */
  readonly _key: string;
  inferenceProfileArn(account: string): string;
}

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

  /** The inference option: Geo or Global. */
  public get inferenceOption(): InferenceOption { return this._geography ? InferenceOption.GEO : InferenceOption.GLOBAL; }

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
  public get foundationModelArns(): string[] { return modelArnsOf(this._reach); }

  /**
   * The ARN of the inference profile for a caller of this account. The profile exists in every account.
   */
  public inferenceProfileArn(account: string): string {
    checkKind('account', account, required(TEXT));
    return inferenceProfileArn(this._sourceRegion, account, this.inferenceProfileId);
  }

  /** @internal */
  public get _partition(): string { return partitionOf(this._sourceRegion); }

  /** @internal */
  public get _reach(): Reach {
    const { _card: { modelId }, _partition: partition } = this;
    // The model without a Region is in the partition of the source Region, too.
    const modelIn = (region: string): string => foundationModelArn(region, modelId, partition);
    return this._destinations
      ? { kind: 'geo', modelArns: this._destinations.map(modelIn) }
      : { kind: 'global', regionalModelArn: modelIn(this._sourceRegion), globalModelArn: modelIn('') };
  }

  /** @internal */
  public get _requestedRegions(): string[] { return [...new Set([this._sourceRegion, ...this._destinations ?? [NO_REGION]])]; }

  /** @internal */
  public get _otherProfileArns(): string[] {
    return this._card.inferenceProfileIds.filter((id) => id !== this.inferenceProfileId).map((id) => inferenceProfileArn('*', '*', id, this._partition));
  }

  /** @internal */
  public get _key(): string { return JSON.stringify([this._sourceRegion, this.inferenceProfileId, this.foundationModelArns]); }
}

/** All foundation models of a reach, for those who only show them. */
export function modelArnsOf(reach: Reach): string[] {
  return reach.kind === 'geo' ? reach.modelArns : [reach.regionalModelArn, reach.globalModelArn];
}
