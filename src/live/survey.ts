import type { BedrockClient } from '@aws-sdk/client-bedrock';
import { Asked } from './asked';
import { LiveLifecycle, readLifecycle } from './lifecycle';
import { readProfiles, RegionReading } from './profiles';

/** What one Region says about a model. */
export interface SurveyedRegion extends RegionReading {
  readonly lifecycle: Asked<LiveLifecycle>;
}

/** What a survey asks, and whom. */
export interface Survey {
  readonly modelId: string;
  readonly regions: string[];
  readonly bedrock: (region: string) => BedrockClient;
  readonly credentialsWork: boolean;
  /** The profiles that a Region should have. */
  readonly expected: (region: string) => string[];
  /** Called when a Region has answered. */
  readonly progress?: (done: number, total: number, region: string) => void;
}

/** Few enough that a workstation and the API's rate limits do not mind, enough that thirty Regions take seconds. */
const AT_ONCE = 8;

/** Asks every Region, several at once, and keeps their order. One Region that fails takes no other with it. */
export async function survey({ modelId, regions, bedrock, credentialsWork, expected, progress }: Survey): Promise<SurveyedRegion[]> {
  const results: SurveyedRegion[] = [];
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < regions.length) {
      const index = next++;
      const region = regions[index];
      const client = bedrock(region);
      const asking = { region, credentialsWork };
      const [reading, lifecycle] = await Promise.all([
        readProfiles(client, asking, modelId, expected(region)),
        readLifecycle(client, asking, modelId),
      ]);
      results[index] = { ...reading, lifecycle };
      client.destroy();
      progress?.(++done, regions.length, region);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
