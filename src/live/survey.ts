import { BedrockClient, GetFoundationModelCommand } from '@aws-sdk/client-bedrock';
import { ask, Asked } from './asked';
import { Asking, partialAnswer } from './failure';
import { readProfiles, RegionReading } from './profiles';

/** What AWS says about the life of a model version. */
export interface LiveLifecycle {
  /** `ACTIVE` or `LEGACY`; AWS may add values. */
  readonly status: string;
  /** `YYYY-MM-DD` */
  readonly launchDate?: string;
  /** `YYYY-MM-DD` */
  readonly endOfLifeDate?: string;
}

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

/** The model's life. A `not-found` failure means that this Region does not list the model by itself. */
async function readLifecycle(client: BedrockClient, asking: Asking, modelId: string): Promise<Asked<LiveLifecycle>> {
  return ask('bedrock:GetFoundationModel', asking, async () => {
    const { modelDetails } = await client.send(new GetFoundationModelCommand({ modelIdentifier: modelId }));
    const life = modelDetails?.modelLifecycle;
    if (!life?.status) throw partialAnswer(`the lifecycle of ${modelId}`);
    return { status: life.status, launchDate: day(life.startOfLifeTime), endOfLifeDate: day(life.endOfLifeTime) };
  });
}

function day(date: Date | undefined): string | undefined {
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().slice(0, 10) : undefined;
}
