import { Aws, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import type { RegionRestriction } from './region-restriction';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { hint } from '../construct/counted-token';
import { RegionMapping, RegionTableRows, tableId } from '../construct/region-mapping';
import { foundationModelArn, inferenceProfileArn } from '../routing/arn';
import { InferenceRouter } from '../routing/inference-router';
import { InferenceRouting } from '../routing/inference-routing';
import { InferenceRoute } from '../routing/route';

/**
 * The route of a stack whose Region is known only at deploy time: every value is looked up by `AWS::Region`.
 */
export class TokenRoute {
  public readonly sourceRegion = Aws.REGION;
  public readonly option: InferenceOption;
  public readonly inferenceProfileId: string;
  public readonly destinationRegions?: string[];
  public readonly foundationModelArns: string[];
  /** The source Regions that the stack can be deployed to. */
  public readonly sourceRegions: string[];
  /** The same for all routes whose values are the same, though their tokens differ. */
  public readonly key: string;
  public readonly partition: string;
  public readonly countedProfileId: string;

  constructor(scope: IConstruct, card: ModelCard, routing: InferenceRouting, restriction?: RegionRestriction) {
    const table = { ...routeTable(card, routing), restriction: restriction?.hold };
    RegionMapping.of(scope, table);
    this.sourceRegions = restriction?.sourceRegions ?? Object.keys(table.rows);
    this.key = JSON.stringify([table.rows, restriction?.allowedRegions]);
    this.partition = Stack.of(scope).partition;
    this.inferenceProfileId = RegionMapping.value(scope, table, 'inferenceProfileId');
    this.countedProfileId = this.inferenceProfileId;
    if (routing.option === InferenceOption.GLOBAL) {
      this.option = InferenceOption.GLOBAL;
      this.foundationModelArns = [Aws.REGION, ''].map((region) => foundationModelArn(region, card.modelId, this.partition));
    } else {
      this.option = InferenceOption.GEO;
      this.destinationRegions = RegionMapping.list(scope, table, 'destinationRegions');
      this.foundationModelArns = RegionMapping.list(scope, table, 'foundationModelArns');
      this.countedProfileId = RegionMapping.value(scope, table, 'inferenceProfileId', hint(longest(table, 'foundationModelArns')));
    }
  }

  public inferenceProfileArn(account: string): string {
    return inferenceProfileArn(this.sourceRegion, account, this.inferenceProfileId, this.partition);
  }

  /** The same ARN, for the condition beside the foundation models: CDK does not count what is in their list, so this one makes up for it. */
  public countedProfileArn(account: string): string {
    return inferenceProfileArn(this.sourceRegion, account, this.countedProfileId, this.partition);
  }
}

/** The routes of every source Region that the routing can have. */
export function possibleRoutes(card: ModelCard, routing: InferenceRouting): InferenceRoute[] {
  return card.sourceRegionsOf(routing.option, routing.geography).flatMap((region) => InferenceRouter.route(card, routing, region).route ?? []);
}

function routeTable(card: ModelCard, routing: InferenceRouting): RegionTableRows {
  const routes = possibleRoutes(card, routing);
  const kind = routing.geography ? `Geo${capitalised(routing.geography.prefix)}` : routing.option === InferenceOption.GLOBAL ? 'Global' : 'SourceGeography';
  return {
    id: tableId(card, kind),
    otherwise: `${routing} does not serve ${card.name} from this Region. Deploy to one of ${routes.map((route) => route.sourceRegion).join(', ')}`
      + (routing.option === InferenceOption.GLOBAL ? '.' : ', or choose InferenceRouting.globalCrossRegion(), with which data can leave its geography.'),
    rows: Object.fromEntries(routes.map((route) => [route.sourceRegion, {
      inferenceProfileId: route.inferenceProfileId,
      ...(route.destinationRegions && { destinationRegions: route.destinationRegions, foundationModelArns: route.foundationModelArns }),
    }])),
  };
}

/** The characters of the longest list in a column, as it stands in a policy. */
function longest({ rows }: RegionTableRows, column: string): number {
  return Math.max(...Object.values(rows).map((row) => JSON.stringify(row[column]).length));
}

function capitalised(prefix: string): string {
  return prefix.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
