// What most teams write. Bundled the default way it is one variant; left to the runtime's own SDK it is the other.
import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient({ region: process.env.MODEL_REGION });

export async function handler(event) {
  const { body } = await client.send(new InvokeModelCommand({
    modelId: process.env.MODEL_ID,
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 4096, ...event }),
  }));
  return JSON.parse(body.transformToString());
}
