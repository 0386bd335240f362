import { InvokerConfig } from './config';
import { InvokerError } from './errors';
import { MessagesBody } from './messages-body';

/** One call to an endpoint, before it is signed. */
export interface ModelRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** What InvokeModel wants in the body, and the Messages API itself in a header. */
const BEDROCK_VERSION = 'bedrock-2023-05-31';
const MESSAGES_VERSION = '2023-06-01';

/** A Messages body as the call that the endpoint wants: InvokeModel, or the Messages API of bedrock-mantle. */
export function messagesRequest(body: MessagesBody, config: InvokerConfig): ModelRequest {
  const { model, stream, ...rest } = body;
  refuseOtherModel(model, config.modelId);
  const headers = { 'content-type': 'application/json', 'accept': 'application/json' };
  if (config.endpoint === 'bedrock-mantle') {
    return {
      path: '/anthropic/v1/messages',
      headers: { ...headers, 'anthropic-version': MESSAGES_VERSION },
      body: Buffer.from(JSON.stringify({ model: config.modelId, ...rest })),
    };
  }
  return {
    path: `/model/${encodeURIComponent(config.modelId)}/invoke`,
    headers,
    body: Buffer.from(JSON.stringify({ anthropic_version: BEDROCK_VERSION, ...rest })),
  };
}

function refuseOtherModel(given: unknown, modelId: string): void {
  if (given !== undefined && given !== modelId) {
    throw new InvokerError('InvalidRequestError', `The event asks for the model ${JSON.stringify(given)}; this invoker calls ${JSON.stringify(modelId)}. Leave "model" out, or deploy a HaikuInvoker for the other model.`);
  }
}
