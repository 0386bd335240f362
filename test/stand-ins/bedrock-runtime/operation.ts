import { Refusal } from './refusal';

/** What a path asks for. */
export type Operation =
  | { readonly api: 'invoke' | 'converse'; readonly service: 'bedrock'; readonly streaming: boolean; readonly modelId: string }
  /** Model and streaming are fields of the body. */
  | { readonly api: 'messages'; readonly service: MessagesService };

/** Both endpoints serve the Messages API under one path. */
export type MessagesService = 'bedrock' | 'bedrock-mantle';

const RUNTIME = /^\/model\/([^/]+)\/(invoke|invoke-with-response-stream|converse|converse-stream)$/;

/** The operation that a method and a raw path name; throws what AWS answers to any other. */
export function parseOperation(method: string, path: string, messages: MessagesService = 'bedrock-mantle'): Operation {
  const runtime = RUNTIME.exec(path);
  if (method === 'POST' && path === '/anthropic/v1/messages') return { api: 'messages', service: messages };
  if (method !== 'POST' || runtime === null) throw new Refusal(404, 'UnknownOperationException', `No operation at ${method} ${path}`);
  const [, modelId, verb] = runtime;
  return {
    api: verb.startsWith('invoke') ? 'invoke' : 'converse',
    service: 'bedrock',
    streaming: verb.endsWith('-stream'),
    modelId: decodeURIComponent(modelId),
  };
}
