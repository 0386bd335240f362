import type { InvokerOptions } from '../../../contract/invoker-options';

/** An operation's path on bedrock-runtime. The ID may be an ARN: its slash belongs to the segment. */
export function runtimePath(modelId: string, operation: string): string {
  return `/model/${encodeURIComponent(modelId)}/${operation}`;
}

/** The headers of InvokeModel: what Converse has in its body, this operation takes here. */
export function runtimeHeaders({ guardrail, serviceTier, requestMetadata }: InvokerOptions, streamed: boolean): Record<string, string> {
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
