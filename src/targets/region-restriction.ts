import { Aws, CfnRule, Fn, Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { HeldInStacks, inTree } from '../construct/region-mapping';
import { HaikuError, shown } from '../private/errors';
import { globalNotHeld, outsideAllowed } from '../routing/findings';
import { InferenceRoute } from '../routing/route';
import { libraryText } from '../wording/library';

/**
 * What `allowedRegions` come to in a stack whose Region is known only at deploy time: the deployment fails in a Region from which a
 * request could leave them. Every stack that uses the profile is deployed by itself, so each has the rule.
 */
export class RegionRestriction implements HeldInStacks {
  /** The source Regions from which no request can leave the allowed ones. */
  public readonly sourceRegions: string[];

  constructor(
    private readonly scope: Construct, private readonly card: ModelCard, routes: InferenceRoute[], private readonly allowedRegions: string[]) {
    this.sourceRegions = routes.filter((route) => !outsideAllowed(card, route, allowedRegions)).map((route) => route.sourceRegion);
    if (this.sourceRegions.length > 0) return;
    throw new HaikuError(routes[0]?._reach.kind === 'global'
      ? libraryText(globalNotHeld(card, allowedRegions))
      : `allowedRegions hold the destinations of no source Region, got ${shown(allowedRegions)}; `
        + `expected all destinations of at least one source Region of ${card.name} (as of ${card.asOf}). Allow more Regions, or leave allowedRegions out.`);
  }

  public holdIn(stack: Stack): void {
    const { scope, card, sourceRegions, allowedRegions } = this;
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
  }
}
