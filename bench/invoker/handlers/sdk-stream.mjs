// The SDK's own stream, written out as server-sent events.
import { BedrockRuntimeClient, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient({ region: process.env.MODEL_REGION });

export const handler = awslambda.streamifyResponse(async (event, out) => {
  const { body } = await client.send(new InvokeModelWithResponseStreamCommand({
    modelId: process.env.MODEL_ID,
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 4096, ...event }),
  }));
  for await (const { chunk } of body) {
    const data = Buffer.from(chunk.bytes).toString();
    out.write(`event: ${JSON.parse(data).type}\ndata: ${data}\n\n`);
  }
  out.end();
});
