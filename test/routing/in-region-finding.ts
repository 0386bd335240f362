import { ModelCard } from '../../src';
import { decideInRegion } from '../../src/routing/decision';
import { Finding, InRegionEndpoint } from '../../src/routing/finding';

/** Why a model cannot be called within a Region; nothing if it can. */
export function inRegionFinding(card: ModelCard, region: string, endpoint?: InRegionEndpoint): Finding | undefined {
  const decision = decideInRegion(card, region, endpoint);
  return 'finding' in decision ? decision.finding : undefined;
}
