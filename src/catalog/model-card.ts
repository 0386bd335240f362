import { BatchLimits } from './batch-limits';
import { cardProblems } from './card-checks';
import { CARD_FILE, parseCard } from './card-file';
import { CARD } from './card-shape';
import { CLAUDE_HAIKU_4_5 } from './cards/claude-haiku-4-5/card';
import { deepFreeze, thawed } from './frozen';
import { GeoRoute } from './geo-route';
import { Geography } from './geography';
import { ModelCardProps, ModelCardRegions } from './model-card-props';
import { ModelLifecycle } from './model-lifecycle';
import { ModelLimits } from './model-limits';
import { PlatformName } from './platform-name';
import { PromptCachingLimits } from './prompt-caching-limits';
import { joinedTables, RegionTable } from './region-table';
import { ServiceQuota } from './service-quota';
import { ServiceTierSupport } from './service-tier-support';
import { SourceDisagreement } from './source-disagreement';
import { TokenPrice } from './token-price';
import { adopted, brand, FACTORY, isBranded, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { isStruct } from '../private/prop-kind';
import { readText } from '../private/text-file';

/**
 * One model's published facts: its IDs, the Regions from which it can be called, its limits and prices, each with its source.
 *
 * A card is never changed once it is made, and what its getters return are copies.
 */
export class ModelCard {
  /**
   * Anthropic Claude Haiku 4.5.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html
   */
  // Its checks are a test of ours, and not made again in every app. Nobody else holds this object, so nobody can change it.
  public static readonly CLAUDE_HAIKU_4_5 = new ModelCard(FACTORY, CLAUDE_HAIKU_4_5);

  /**
   * A card of your own, for example of the next Haiku.
   *
   * Throws if anything in it is wrong, and names every problem at once.
   */
  public static of(props: ModelCardProps): ModelCard {
    if (typeof props !== 'object' || props === null) {
      throw new HaikuError(`Model card is not an object, got ${shown(props)}; expected the model's facts: name, modelId, sourceUrl, asOf and more. Pass them to ModelCard.of by their names.`);
    }
    // The copy is checked, so that what was checked is what is kept.
    const own = thawed(fieldsOf(props));
    const problems = cardProblems(own);
    if (problems.length > 0) {
      const card = own.name === undefined ? 'Model card' : `Model card ${shown(own.name)}`;
      throw new HaikuError([`${card} is not valid:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    }
    return new ModelCard(FACTORY, deepFreeze(own));
  }

  /**
   * The card in a file, as `npx cdk-bedrock-haiku card --from-account` writes it.
   *
   * Throws if the file cannot be read or anything in it is wrong, and names every problem at once.
   *
   * @param path - absolute, or relative to where the app runs
   */
  public static fromFile(path: string): ModelCard {
    return new ModelCard(FACTORY, deepFreeze(parseCard(readText(path, CARD_FILE), path)));
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
  public readonly _props: ModelCardProps;
  /**
   * Geography prefix -> source Region -> destination Regions.
   * @internal
   */
  public readonly _routes = new Map<string, ReadonlyMap<string, readonly string[]>>();
  /**
   * Source Region -> the geographies that serve it.
   * @internal
   */
  public readonly _served = new Map<string, readonly Geography[]>();
  /** @internal */
  public readonly _global: ReadonlySet<string>;
  /** @internal */
  public readonly _regional: ReadonlySet<string>;

  private constructor(caller: symbol, props: ModelCardProps) {
    onlyByFactory(caller, 'ModelCard', 'ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...)');
    this._props = props;
    this._global = new Set(props.globalSources?.regions);
    this._regional = new Set(props.inRegion?.regions);
    for (const { geography, sourceRegion, destinationRegions } of props.geoRoutes ?? []) {
      const rows = this._routes.get(geography.prefix) ?? new Map<string, readonly string[]>();
      this._routes.set(geography.prefix, new Map([...rows, [sourceRegion, destinationRegions]]));
      this._served.set(sourceRegion, [...this._served.get(sourceRegion) ?? [], geography]);
    }
  }

  /**
   * This card with more Regions, for example one that AWS added yesterday. A row of a Region that the card has replaces the card's.
   *
   * Throws as `of` does.
   */
  public extend(regions: ModelCardRegions): ModelCard {
    if (!isStruct(regions) && !isBranded(regions, 'ModelCard')) {
      throw new HaikuError(`Regions of a model card are not an object, got ${shown(regions)}; expected an object with geoRoutes, globalSources, inRegion or batch. Pass those to add.`);
    }
    const added: unknown = regions.geoRoutes ?? []; // What is not a list, or a row without a geography, replaces none: the checks below name it.
    const replaced = new Set(Array.isArray(added) ? added.map((row: GeoRoute | undefined) => `${shown(row?.geography?.prefix)} ${shown(row?.sourceRegion)}`) : []);
    const kept = this.geoRoutes.filter((row) => !replaced.has(`${shown(row.geography.prefix)} ${shown(row.sourceRegion)}`));
    return ModelCard.of({
      ...this._props,
      geoRoutes: Array.isArray(added) ? [...kept, ...added as GeoRoute[]] : regions.geoRoutes,
      globalSources: joinedTables(this.globalSources, regions.globalSources),
      inRegion: joinedTables(this.inRegion, regions.inRegion),
      batch: joinedTables(this.batch, regions.batch),
    });
  }

  /** The model's name as people write it. */
  public get name(): string { return this._props.name; }

  /** The foundation model ID. It cannot be called on demand where a model needs an inference profile. */
  public get modelId(): string { return this._props.modelId; }

  /** The model's ID on the bedrock-mantle endpoint. */
  public get mantleModelId(): string | undefined { return this._props.mantleModelId; }

  /** Where the card was read. */
  public get sourceUrl(): string { return this._props.sourceUrl; }

  /** When the card was read. */
  public get asOf(): string { return this._props.asOf; }

  /** The geographies in which the model has an inference profile. */
  public get geographies(): Geography[] { return [...this._routes.keys()].map((prefix) => Geography.of(prefix)); }

  /** The geo tables, a row for each source Region. */
  public get geoRoutes(): GeoRoute[] { return thawed(this._props.geoRoutes ?? []); }

  /** The source Regions of the global inference profile. */
  public get globalSources(): RegionTable | undefined { return thawed(this._props.globalSources); }

  /** The Regions in which bedrock-mantle serves the model. */
  public get inRegion(): RegionTable | undefined { return thawed(this._props.inRegion); }

  /** The Regions in which batch jobs can call the model. */
  public get batch(): RegionTable | undefined { return thawed(this._props.batch); }

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

  /** What other platforms call the model. */
  public get platformNames(): PlatformName[] { return thawed(this._props.platformNames ?? []); }

  /** Where the sources disagree, and what was chosen. */
  public get disagreements(): SourceDisagreement[] { return thawed(this._props.disagreements ?? []); }

  /**
   * The IDs of the model's inference profiles: one for each geography, then the global one.
   */
  public get inferenceProfileIds(): string[] {
    return [...this._routes.keys(), ...(this._global.size > 0 ? ['global'] : [])].map((prefix) => this._profileId(prefix));
  }

  /**
   * The card as its props, to write it down or to make another of it.
   * @internal
   */
  public _toProps(): ModelCardProps { return thawed(this._props); }

  /**
   * The lookups below answer for one Region without copying a table.
   * @internal
   */
  public _profileId(prefix: string): string { return `${prefix}.${this._props.modelId}`; }

  /** @internal */
  public _sourcesOf(geography: Geography): string[] { return [...this._routes.get(geography.prefix)?.keys() ?? []].sort(); }

  /** @internal */
  public _publishes(geography: Geography): boolean { return this._routes.has(geography.prefix); }

  /** @internal */
  public _destinations(geography: Geography, sourceRegion: string): readonly string[] | undefined {
    return this._routes.get(geography.prefix)?.get(sourceRegion);
  }

  /** @internal */
  public _geographiesOf(sourceRegion: string): readonly Geography[] { return this._served.get(sourceRegion) ?? []; }

  /** @internal */
  public _isGlobalSource(region: string): boolean { return this._global.has(region); }

  /**
   * The disagreement about a source Region of the global profile, if there is one.
   * @internal
   */
  public _globalSourceDispute(region: string): SourceDisagreement | undefined {
    return this._props.disagreements?.find(({ disputedGlobalSources }) => disputedGlobalSources?.includes(region));
  }

  /** @internal */
  public _lifecycle(): ModelLifecycle | undefined { return this._props.lifecycle; }

  /** @internal */
  public _isInRegion(region: string): boolean { return this._regional.has(region); }
}

brand(ModelCard, 'ModelCard');

/** The facts that a card holds, of props or of a card. */
function fieldsOf(props: ModelCardProps): ModelCardProps {
  const names = Object.keys(CARD.fields).filter((name) => name !== 'format').map((name) => name.replace('?', '')) as Array<keyof ModelCardProps>;
  return Object.fromEntries(names.map((name) => [name, props[name]]).filter(([, value]) => value !== undefined)) as unknown as ModelCardProps;
}
