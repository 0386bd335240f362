import { Aws, CfnRule, Fn, Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { possibleRoutes } from './token-route';
import { ModelCard } from '../catalog/model-card';
import { HaikuError, shown } from '../private/errors';
import { outsideAllowed } from '../routing/findings';
import { InferenceOption, InferenceRouting } from '../routing/inference-routing';

/**
 * Holds `allowedRegions` in a stack whose Region is known only at deploy time: the deployment fails in a Region from which a
 * request could leave them. Every stack that uses the profile is deployed by itself, so each has the rule.
 */
export function regionRestriction(
  scope: Construct, card: ModelCard, routing: InferenceRouting, allowedRegions: string[]): (stack: Stack) => void {
  const routes = possibleRoutes(card, routing);
  const sources = routes.filter((route) => !outsideAllowed(card, route, allowedRegions)).map((route) => route.sourceRegion);
  if (sources.length === 0) {
    throw new HaikuError(routing.option === InferenceOption.GLOBAL
      ? outsideAllowed(card, routes[0], allowedRegions)!.message
      : `allowedRegions hold the destinations of no source Region, got ${shown(allowedRegions)}; `
        + `expected all destinations of at least one source Region of ${card.name} (as of ${card.asOf}). Allow more Regions, or leave allowedRegions out.`);
  }
  return (stack) => {
    const [owner, id] = stack === Stack.of(scope) ? [scope, 'AllowedRegions'] : [stack, `${Names.uniqueId(scope)}AllowedRegions`];
    if (owner.node.tryFindChild(id)) return;
    new CfnRule(owner, id, {
      assertions: [{
        assert: Fn.conditionContains(sources, Aws.REGION),
        assertDescription: `From this Region ${card.name} can run outside ${allowedRegions.join(', ')}. Deploy to one of ${sources.join(', ')}, or allow more Regions.`,
      }],
    });
  };
}
