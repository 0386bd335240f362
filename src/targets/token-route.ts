import { Aws, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RegionRestriction } from './region-restriction';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { RegionLookUp, RegionRows, RegionTableRows, tableId } from '../construct/region-mapping';
import { countedAs } from '../construct/tokens';
import { HaikuError, shownList } from '../private/errors';
import { foundationModelArn } from '../routing/arn';
import { decide } from '../routing/decision';
import { geographyNotPublished } from '../routing/findings';
import { InferenceRouting } from '../routing/inference-routing';
import { InferenceRoute, Reach, Route } from '../routing/route';
import { libraryText } from '../wording/library';

/**
 * The route of a stack whose Region is known only at deploy time: every value is looked up by `AWS::Region`.
 */
export class TokenRoute implements Route {
  public readonly sourceRegion = Aws.REGION;
  public readonly _partition = Aws.PARTITION;
  public readonly _sourceRegions: string[];
  public readonly inferenceProfileId: string;
  public readonly destinationRegions?: string[];
  public readonly _reach: Reach;
  public readonly _key: string;
  private readonly routes: InferenceRoute[];
  private readonly lookUp: RegionLookUp;
  private limitsLookUp?: RegionLookUp;
  private readonly restriction?: RegionRestriction;
  private readonly arns = new Map<string, string>();

  constructor(
    private readonly scope: Construct, public readonly _card: ModelCard, private readonly routing: InferenceRouting, allowedRegions?: string[]) {
    this.routes = possibleRoutes(_card, routing);
    if (this.routes.length === 0) throw new HaikuError(noRoute(_card, routing));
    this.restriction = allowedRegions && new RegionRestriction(scope, _card, this.routes, allowedRegions);
    const table = this.table('', (route) => ({
      inferenceProfileId: route.inferenceProfileId,
      ...(route.destinationRegions && { destinationRegions: route.destinationRegions, foundationModelArns: route.foundationModelArns }),
    }));
    this.lookUp = new RegionLookUp(scope, table, this.restriction);
    this._sourceRegions = this.restriction?.sourceRegions ?? Object.keys(table.rows);
    this._key = JSON.stringify([table.rows, allowedRegions]);
    this.inferenceProfileId = this.lookUp.value('inferenceProfileId');
    if (routing.inferenceOption === InferenceOption.GLOBAL) {
      const [regionalModelArn, globalModelArn] = [Aws.REGION, ''].map((region) => foundationModelArn(region, _card.modelId, Aws.PARTITION));
      this._reach = { kind: 'global', regionalModelArn, globalModelArn };
    } else {
      this.destinationRegions = this.lookUp.list('destinationRegions');
      this._reach = { kind: 'geo', modelArns: this.lookUp.list('foundationModelArns') };
    }
  }

  public get _requestedRegions(): string[] { return this.limits.list('requestedRegions'); }

  public get _otherProfileArns(): string[] { return this._card.inferenceProfileIds.length > 1 ? this.limits.list('otherProfileArns') : []; }

  /** One token for an account: CDK resolves each token three times for each use, and a policy has this ARN twice. */
  public inferenceProfileArn(account: string): string {
    const arn = this.arns.get(account)
      ?? this.lookUp.text('inferenceProfileId', (id) => joined(account, id), countedAs(Math.max(...this.routes.map(lengthInCondition))));
    this.arns.set(account, arn);
    return arn;
  }

  /** What a service control policy needs besides. Few stacks have one, so it is a table of its own. */
  private get limits(): RegionLookUp {
    return this.limitsLookUp ??= new RegionLookUp(this.scope, this.table('Limits', ({ _requestedRegions, _otherProfileArns }) => ({
      requestedRegions: _requestedRegions,
      ...(_otherProfileArns.length > 0 && { otherProfileArns: _otherProfileArns }),
    })), this.restriction);
  }

  private table(holds: string, row: (route: InferenceRoute) => RegionRows[string]): RegionTableRows {
    const { _card: card, routing: { inferenceOption, geography }, routes } = this;
    const kind = geography ? `Geo${capitalised(geography.prefix)}` : inferenceOption === InferenceOption.GLOBAL ? 'Global' : 'SourceGeography';
    return {
      id: tableId(card, kind + holds),
      otherwise: `${this.routing} does not serve ${card.name} from this Region. Deploy to one of ${routes.map(({ sourceRegion }) => sourceRegion).join(', ')}`
        + (inferenceOption === InferenceOption.GLOBAL ? '.' : ', or choose InferenceRouting.globalCrossRegion(), with which data can leave its geography.'),
      rows: Object.fromEntries(routes.map((route) => [route.sourceRegion, row(route)])),
    };
  }
}

/** The routes of every source Region that the routing can have. */
function possibleRoutes(card: ModelCard, routing: InferenceRouting): InferenceRoute[] {
  return card.sourceRegionsOf(routing.inferenceOption, routing.geography).flatMap((region) => {
    const decision = decide(card, routing, region);
    return 'route' in decision ? decision.route : [];
  });
}

/** Why no Region whatever has a route. */
function noRoute(card: ModelCard, { inferenceOption, geography }: InferenceRouting): string {
  if (geography) return libraryText(geographyNotPublished(card, geography));
  const geographies = shownList(card.geographies.map(({ prefix }) => prefix));
  const [missing, instead] = inferenceOption === InferenceOption.GLOBAL
    ? ['globalCrossRegion', `InferenceRouting.geo(...) or InferenceRouting.sourceGeography(), for it has ${geographies || 'no geography either'}`]
    : ['sourceGeography', 'InferenceRouting.globalCrossRegion(), with which data can leave its geography'];
  return `routing asks for what ${card.name} has in no Region, got InferenceRouting.${missing}(); expected ${instead} (as of ${card.asOf}). `
    + 'Choose another routing, or pass a card of your own as model that lists the source Regions.';
}

/** The ARN of the profile with this ID as a template has it. */
function joined(account: string, id: object): object {
  const owned = Token.isUnresolved(account) ? [':', account, ':inference-profile/'] : [`:${account}:inference-profile/`];
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:', { Ref: 'AWS::Region' }, ...owned, id]] };
}

/** What CDK is to count for the ARN of the profile in a condition: with it, the models, which it does not count in a list that is looked up. */
function lengthInCondition(route: InferenceRoute): number {
  const { _reach: reach } = route;
  return route.inferenceProfileArn('111122223333').length + (reach.kind === 'geo' ? JSON.stringify(reach.modelArns).length : 0);
}

function capitalised(prefix: string): string {
  return prefix.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
