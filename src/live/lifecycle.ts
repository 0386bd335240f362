import { BedrockClient, GetFoundationModelCommand } from '@aws-sdk/client-bedrock';
import { ask, Asked } from './asked';
import { Asking, partialAnswer } from './failure';

/** What AWS says about the life of a model version. */
export interface LiveLifecycle {
  /** `ACTIVE` or `LEGACY`; AWS may add values. */
  readonly status: string;
  /** `YYYY-MM-DD` */
  readonly launchDate?: string;
  /** `YYYY-MM-DD` */
  readonly endOfLifeDate?: string;
}

/** The model's life. A `not-found` failure means that this Region does not list the model by itself. */
export async function readLifecycle(client: BedrockClient, asking: Asking, modelId: string): Promise<Asked<LiveLifecycle>> {
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
