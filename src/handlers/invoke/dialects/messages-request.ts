import { runtimePath } from './dialect';
import type { InvokerOptions } from '../../../contract/invoker-options';
import type { InvokerConfig } from '../config/config';
import type { ModelRequest } from '../http/transport';
import { jsonText } from '../json/exact-json';
import { JsonObject, textOf } from '../json/json-object';

/** InvokeModel wants the version in the body, the Messages API itself in a header. */
const BEDROCK_VERSION = 'bedrock-2023-05-31';
const MESSAGES_VERSION = '2023-06-01';

/** A complete Messages body as the call that the endpoint wants: InvokeModel, or the Messages API of bedrock-mantle. */
export function messagesRequest(body: JsonObject, config: InvokerConfig, streamed: boolean): ModelRequest {
  return config.endpoint === 'bedrock-mantle' ? mantleRequest(body, config, streamed) : {
    path: runtimePath(config.modelId, streamed ? 'invoke-with-response-stream' : 'invoke'),
    headers: runtimeHeaders(config.options, streamed),
    body: runtimeBody(body),
  };
}

/** The body of InvokeModel, and of a record of batch inference. */
export function runtimeBody(body: JsonObject): string {
  return jsonText({ anthropic_version: BEDROCK_VERSION, ...body });
}

/** The headers of InvokeModel: what Converse has in its body, this operation takes here. */
function runtimeHeaders({ guardrail, serviceTier, requestMetadata }: InvokerOptions, streamed: boolean): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...streamed ? { 'x-amzn-bedrock-accept': 'application/json' } : { accept: 'application/json' },
    ...guardrail && {
      'x-amzn-bedrock-guardrailidentifier': guardrail.id,
      'x-amzn-bedrock-guardrailversion': guardrail.version,
      ...guardrail.trace && { 'x-amzn-bedrock-trace': guardrail.trace.toUpperCase() },
    },
    ...serviceTier && { 'x-amzn-bedrock-service-tier': serviceTier },
    ...requestMetadata && { 'x-amzn-bedrock-request-metadata': asciiJson(requestMetadata) },
  };
}

/** JSON in visible ASCII, as a header must be. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/workspaces.html for the header that names a project */
function mantleRequest(body: JsonObject, { modelId: model, projectId }: InvokerConfig, streamed: boolean): ModelRequest {
  const { anthropic_version: version, anthropic_beta: beta, ...rest } = body;
  const names = headerText([beta ?? []].flat().map(textOf).join(','));
  return {
    path: '/anthropic/v1/messages',
    headers: {
      'content-type': 'application/json',
      'accept': streamed ? 'text/event-stream' : 'application/json',
      'anthropic-version': MESSAGES_VERSION,
      ...projectId !== undefined && { 'anthropic-workspace': projectId },
      ...names && { 'anthropic-beta': names },
    },
    body: jsonText({ model, ...rest, ...streamed && { stream: true } }),
  };
}

/** Header values are visible ASCII; whatever else an event puts there would make Node throw. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '');
}
