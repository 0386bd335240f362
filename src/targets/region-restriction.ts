import { Aws, CfnRule, Fn, Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { possibleRoutes } from './token-route';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { inTree } from '../construct/in-tree';
import { HaikuError, shown } from '../private/errors';
import { outsideAllowed } from '../routing/findings';
import { InferenceRouting } from '../routing/inference-routing';

/** What `allowedRegions` come to in a stack whose Region is known only at deploy time. */
export interface RegionRestriction {
  readonly allowedRegions: string[];
  /** The source Regions from which no request can leave them. */
  readonly sourceRegions: string[];
  /** Holds it in a stack. */
  readonly hold: (stack: Stack) => void;
}

/**
 * Holds `allowedRegions` in a stack whose Region is known only at deploy time: the deployment fails in a Region from which a
 * request could leave them. Every stack that uses the profile is deployed by itself, so each has the rule.
 */
export function regionRestriction(
  scope: Construct, card: ModelCard, routing: InferenceRouting, allowedRegions: string[]): RegionRestriction {
  const routes = possibleRoutes(card, routing);
  const sourceRegions = routes.filter((route) => !outsideAllowed(card, route, allowedRegions)).map((route) => route.sourceRegion);
  if (sourceRegions.length === 0) {
    throw new HaikuError(routing.option === InferenceOption.GLOBAL
      ? outsideAllowed(card, routes[0], allowedRegions)!.message
      : `allowedRegions hold the destinations of no source Region, got ${shown(allowedRegions)}; `
        + `expected all destinations of at least one source Region of ${card.name} (as of ${card.asOf}). Allow more Regions, or leave allowedRegions out.`);
  }
  const hold = (stack: Stack): void => {
    // The values of a profile that was removed may still be used in its stack.
    const [owner, id] = stack === Stack.of(scope) && inTree(scope) ? [scope, 'AllowedRegions'] : [stack, `${Names.uniqueId(scope)}AllowedRegions`];
    if (owner.node.tryFindChild(id)) return;
    new CfnRule(owner, id, {
      assertions: [{
        assert: Fn.conditionContains(sourceRegions, Aws.REGION),
        assertDescription: `From this Region ${card.name} can run outside ${allowedRegions.join(', ')}. `
          + `Deploy to one of ${sourceRegions.join(', ')}, or allow more Regions.`,
      }],
    });
  };
  return { allowedRegions, sourceRegions, hold };
}
