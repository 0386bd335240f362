import { CARD_FILE_TEXT, parseCard } from './card-file';
import { soundCard } from './card-shape';
import * as cards from './cards/published';
import { deepFreeze, thawed } from './frozen';
import { Geography, GLOBAL_PREFIX } from './geography';
import { InferenceOption } from './inference-option';
import { ModelCardNotes, SourceDisagreement } from './model-card-notes';
import { ModelCardProps } from './model-card-props';
import { ModelLifecycle, ModelLifecycleStatus } from './model-lifecycle';
import { ModelLimits } from './model-limits';
import { extended, GeoRoute, GeoWithoutRoutes, ModelCardRegions, RegionTable } from './model-regions';
import { PromptCachingLimits } from './prompt-caching-limits';
import { checkedOption, prefixOf, RegionIndex } from './region-index';
import { BatchLimits, ServiceQuota } from './service-quota';
import { ServiceTierSupport } from './service-tier';
import { TokenPrice } from './token-price';
import { adopted, brand, FACTORY, onlyByFactory } from '../private/brand';
import { readText } from '../private/text-file';

/**
 * One model's published facts: its IDs, the Regions from which it can be called, its limits and prices, each with its source.
 *
 * A card is never changed once it is made, and what it returns are copies. It answers for a Region that it does not have as for any
 * other, with nothing; so it does for a Region that is known only at deploy time. The facts of a card are read when it is used: an app
 * pays for those that it names.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-cards.html
 */
export class ModelCard {
  // The checks of these cards are a test of ours, and not made again in every app. Nobody else holds their facts, so nobody can change them.
  /** Anthropic Claude Haiku 4.5. */
  public static readonly CLAUDE_HAIKU_4_5 = new ModelCard(FACTORY, () => cards.CLAUDE_HAIKU_4_5);
  /** Anthropic Claude Haiku 5.5. */
  public static readonly CLAUDE_HAIKU_5_5 = new ModelCard(FACTORY, () => cards.CLAUDE_HAIKU_5_5);
  /** Anthropic Claude Sonnet 4.5. */
  public static readonly CLAUDE_SONNET_4_5 = new ModelCard(FACTORY, () => cards.CLAUDE_SONNET_4_5);
  /** Anthropic Claude Sonnet 4.6. */
  public static readonly CLAUDE_SONNET_4_6 = new ModelCard(FACTORY, () => cards.CLAUDE_SONNET_4_6);
  /** Anthropic Claude Sonnet 5. */
  public static readonly CLAUDE_SONNET_5 = new ModelCard(FACTORY, () => cards.CLAUDE_SONNET_5);
  /** Anthropic Claude Sonnet 5.5. */
  public static readonly CLAUDE_SONNET_5_5 = new ModelCard(FACTORY, () => cards.CLAUDE_SONNET_5_5);
  /** Anthropic Claude Opus 4.5. */
  public static readonly CLAUDE_OPUS_4_5 = new ModelCard(FACTORY, () => cards.CLAUDE_OPUS_4_5);
  /** Anthropic Claude Opus 4.6. */
  public static readonly CLAUDE_OPUS_4_6 = new ModelCard(FACTORY, () => cards.CLAUDE_OPUS_4_6);
  /** Anthropic Claude Opus 4.7. */
  public static readonly CLAUDE_OPUS_4_7 = new ModelCard(FACTORY, () => cards.CLAUDE_OPUS_4_7);
  /** Anthropic Claude Opus 4.8. */
  public static readonly CLAUDE_OPUS_4_8 = new ModelCard(FACTORY, () => cards.CLAUDE_OPUS_4_8);
  /** Anthropic Claude Opus 5. */
  public static readonly CLAUDE_OPUS_5 = new ModelCard(FACTORY, () => cards.CLAUDE_OPUS_5);
  /** Anthropic Claude Opus 5.5. */
  public static readonly CLAUDE_OPUS_5_5 = new ModelCard(FACTORY, () => cards.CLAUDE_OPUS_5_5);

  /** The card of whoever names none. @internal */
  public static readonly _DEFAULT = ModelCard.CLAUDE_HAIKU_4_5;

  /**
   * A card of your own, for example of the next Haiku.
   *
   * Throws if anything in it is wrong, and names every problem at once.
   */
  public static of(props: ModelCardProps): ModelCard {
    const facts = deepFreeze(soundCard(props));
    return new ModelCard(FACTORY, () => facts);
  }

  /**
   * The card in a file, as `npx cdk-bedrock-haiku card --from-account` writes it.
   *
   * Throws if the file cannot be read or anything in it is wrong, and names every problem at once.
   *
   * @param path - absolute, or relative to where the app runs
   */
  public static fromFile(path: string): ModelCard {
    const facts = deepFreeze(parseCard(readText(path, CARD_FILE_TEXT), path));
    return new ModelCard(FACTORY, () => facts);
  }

  /**
   * The card itself, or this copy's of the same facts for one that another installed copy of the package made.
   * @internal
   */
  public static _own(value: unknown): ModelCard | undefined {
    if (value instanceof ModelCard) return value;
    return adopted<ModelCard>(value, 'ModelCard', (card) => ModelCard.of(card));
  }

  // No private field: TypeScript takes an object of another installed copy only if all of it can be seen.
  /** @internal */
  public readonly _facts: () => ModelCardProps;
  /** @internal */
  public readonly _regionIndex: () => RegionIndex;

  private constructor(caller: symbol, facts: () => ModelCardProps) {
    onlyByFactory(caller, 'ModelCard', 'ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...)');
    this._facts = facts;
    this._regionIndex = once(() => new RegionIndex(this._props));
  }

  /** @internal */
  public get _props(): ModelCardProps { return this._facts(); }
  /** @internal */
  public get _index(): RegionIndex { return this._regionIndex(); }

  /**
   * This card with more Regions, for example one that AWS added yesterday. A row of a Region that the card has replaces the card's.
   *
   * Throws as `of` does.
   */
  public extend(regions: ModelCardRegions): ModelCard {
    return ModelCard.of({ ...this._props, ...extended(this._props, regions) });
  }

  /** The model's name as people write it. */
  public get name(): string { return this._props.name; }
  /** The foundation model ID. bedrock-runtime takes it in the Regions of `inRegionOnRuntime`; elsewhere requests name an inference profile. */
  public get modelId(): string { return this._props.modelId; }
  /** The model's ID on the bedrock-mantle endpoint. */
  public get mantleModelId(): string | undefined { return this._props.mantleModelId; }
  /** Where the card was read. */
  public get sourceUrl(): string { return this._props.sourceUrl; }
  /** When the card was read. */
  public get asOf(): string { return this._props.asOf; }
  /** The geo tables, a row for each source Region. */
  public get geoRoutes(): GeoRoute[] { return thawed(this._props.geoRoutes ?? []); }
  /** Geographies that AWS names without a table of routes. */
  public get geosWithoutRoutes(): GeoWithoutRoutes[] { return thawed(this._props.geosWithoutRoutes ?? []); }
  /** The source Regions of the global inference profile. */
  public get globalSources(): RegionTable | undefined { return thawed(this._props.globalSources); }
  /** The Regions in which bedrock-mantle serves the model. */
  public get inRegionOnMantle(): RegionTable | undefined { return thawed(this._props.inRegionOnMantle); }
  /** The Regions in which bedrock-runtime takes `modelId` itself. */
  public get inRegionOnRuntime(): RegionTable | undefined { return thawed(this._props.inRegionOnRuntime); }
  /** The Regions in which batch jobs can call the model through an inference profile. */
  public get batch(): RegionTable | undefined { return thawed(this._props.batch); }
  /** The Regions in which batch jobs can call `modelId` itself. */
  public get batchInRegion(): RegionTable | undefined { return thawed(this._props.batchInRegion); }
  /** When the model came and when it may go. */
  public get lifecycle(): ModelLifecycle | undefined { return thawed(this._props.lifecycle); }
  /** What one request may ask for. */
  public get limits(): ModelLimits | undefined { return thawed(this._props.limits); }
  /** What prompt caching allows. */
  public get promptCaching(): PromptCachingLimits | undefined { return thawed(this._props.promptCaching); }
  /** The service tiers. */
  public get serviceTiers(): ServiceTierSupport | undefined { return thawed(this._props.serviceTiers); }
  /** The quotas that limit calls. */
  public get quotas(): ServiceQuota[] { return thawed(this._props.quotas ?? []); }
  /** What batch jobs are limited to. */
  public get batchLimits(): BatchLimits | undefined { return thawed(this._props.batchLimits); }
  /** Prices, on demand and in batch jobs. */
  public get prices(): TokenPrice[] { return thawed(this._props.prices ?? []); }
  /** The product in AWS Marketplace through which the model is billed. */
  public get marketplaceProductId(): string | undefined { return this._props.marketplaceProductId; }
  /** What the card's maintainers wrote down: where sources disagree, and the model's names on other platforms. */
  public get notes(): ModelCardNotes { return thawed(this._props.notes ?? {}); }
  /** The geographies in which the model has an inference profile. */
  public get geographies(): Geography[] { return [...this._index.routes.keys()].map((prefix) => Geography.of(prefix)); }
  /** The IDs of the model's inference profiles: one for each geography, then the global one. */
  public get inferenceProfileIds(): string[] {
    const global = this._index.global.size > 0 ? [this.inferenceProfileId()] : [];
    return [...this.geographies.map((geography) => this.inferenceProfileId(geography)), ...global];
  }

  /** The Regions from which an inference profile of the model can be called, sorted. */
  public get sourceRegions(): string[] { return this._index.profileSources(); }
  /** The Regions from which the model can be called in any way, batch jobs among them, sorted. */
  public get regions(): string[] { return this._index.all(); }

  /**
   * The Regions from which the model can be called by an inference option, sorted.
   *
   * @param geography - only those of this geography, for `InferenceOption.GEO`
   */
  public sourceRegionsOf(option: InferenceOption, geography?: Geography): string[] {
    return this._index.sources(checkedOption(option), geography);
  }

  /** The inference options by which a Region can call the model; none for a Region that the card does not have. */
  public inferenceOptions(region: string): InferenceOption[] { return this._index.options(region); }
  /** The geographies whose inference profile serves a source Region; none for a Region that the card does not have. */
  public geographiesOf(sourceRegion: string): Geography[] { return [...this._index.geographies.get(sourceRegion) ?? []]; }
  /** Whether the model has an inference profile in a geography. */
  public hasGeography(geography: Geography): boolean { return this._index.of(geography) !== undefined; }
  /** The Regions in which a geography's inference profile may run a request from a source Region; nothing if it does not serve that Region. */
  public destinationRegions(geography: Geography, sourceRegion: string): string[] | undefined {
    const destinations = this._index.of(geography)?.get(sourceRegion);
    return destinations && [...destinations];
  }

  /** Whether the global inference profile serves a source Region. */
  public isGlobalSource(sourceRegion: string): boolean { return this._index.global.has(sourceRegion); }
  /** Whether bedrock-mantle serves the model in a Region. */
  public isInRegionOnMantle(region: string): boolean { return this._index.onMantle.has(region); }
  /** Whether bedrock-runtime takes `modelId` itself in a Region. */
  public isInRegionOnRuntime(region: string): boolean { return this._index.onRuntime.has(region); }
  /** Whether batch jobs can call the model in a Region. */
  public takesBatchJobs(region: string): boolean { return this._index.batch.has(region); }
  /** The IDs of the inference profiles that serve a source Region, those of its geographies first; none for a Region that the card does not have. */
  public inferenceProfileIdsFrom(sourceRegion: string): string[] {
    const global = this.isGlobalSource(sourceRegion) ? [this.inferenceProfileId()] : [];
    return [...this.geographiesOf(sourceRegion).map((geography) => this.inferenceProfileId(geography)), ...global];
  }

  /**
   * The ID that the model's inference profile has in a geography, whether the card has such a profile or not.
   *
   * @param geography - the global inference profile, if it is left out
   */
  public inferenceProfileId(geography?: Geography): string {
    return `${geography === undefined ? GLOBAL_PREFIX : prefixOf(geography)}.${this.modelId}`;
  }

  /** The quotas that limit calls by an inference option. */
  public quotasOf(option: InferenceOption): ServiceQuota[] {
    checkedOption(option);
    return this.quotas.filter(({ inferenceOption = option }) => inferenceOption === option);
  }

  /** The state of the model in a Region on the as-of date; nothing if the card has no lifecycle. */
  public lifecycleStatus(region: string): ModelLifecycleStatus | undefined {
    const { lifecycle } = this._props;
    return (lifecycle?.regionStates?.find((state) => state.region === region) ?? lifecycle)?.status;
  }

  /**
   * The card as its props, to write it down or to make another of it.
   * @internal
   */
  public _toProps(): ModelCardProps { return thawed(this._props); }

  /**
   * The disagreement about a source Region of the global profile, if there is one.
   * @internal
   */
  public _globalSourceDispute(region: string): SourceDisagreement | undefined {
    return this._props.notes?.disagreements?.find(({ disputedGlobalSources }) => disputedGlobalSources?.includes(region));
  }
}

brand(ModelCard, 'ModelCard');

/** Made when it is first asked for, and the same ever after. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}
