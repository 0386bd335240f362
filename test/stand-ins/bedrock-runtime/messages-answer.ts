import type { Block, Completion } from './completion';
import regions from '../../fixtures/regions.json';

/** The model's name in an answer carries no vendor prefix and no version suffix. */
const nameOf = (id: string) => id.replace(/^.*anthropic\./, '').replace(/-v\d+:\d+$/, '');
const MODEL = nameOf(regions.modelId);

/** An answer, and the ID of the model where that is known. */
type Answered = Completion & { readonly modelId?: string };

function modelOf({ modelId }: Answered): string {
  return modelId?.includes('anthropic.') ? nameOf(modelId) : MODEL;
}
const PIECES = 4;

/** A Messages response. */
export function messagesResponse(completion: Answered): object {
  return {
    model: modelOf(completion),
    id: completion.id,
    type: 'message',
    role: 'assistant',
    content: completion.content,
    stop_reason: completion.stopReason,
    stop_sequence: null,
    usage: { ...inputUsage(completion), output_tokens: completion.outputTokens },
    ...guardrailFields(completion),
  };
}

/** The same answer as the events of a Messages stream. */
export function messagesEvents(completion: Answered): { type: string }[] {
  const message = {
    model: modelOf(completion),
    id: completion.id,
    type: 'message',
    role: 'assistant',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...inputUsage(completion), output_tokens: 1 },
  };
  return [
    { type: 'message_start', message } as { type: string },
    ...completion.content.flatMap((block, index) => [
      { type: 'content_block_start', index, content_block: emptied(block) },
      ...deltas(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: completion.stopReason, stop_sequence: null },
      usage: { output_tokens: completion.outputTokens },
      ...guardrailFields(completion),
    } as { type: string },
    { type: 'message_stop' },
  ];
}

/** Cuts a text into the few pieces in which a model would stream it. */
export function pieces(text: string): string[] {
  const size = Math.max(1, Math.ceil(text.length / PIECES));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
}

function deltas(block: Block): object[] {
  if (block.type === 'text') return pieces(block.text).map((text) => ({ type: 'text_delta', text }));
  if (block.type === 'tool_use') return pieces(JSON.stringify(block.input)).map((json) => ({ type: 'input_json_delta', partial_json: json }));
  return [
    ...pieces(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking })),
    { type: 'signature_delta', signature: block.signature },
  ];
}

function emptied(block: Block): object {
  if (block.type === 'text') return { ...block, text: '' };
  if (block.type === 'tool_use') return { ...block, input: {} };
  return { ...block, thinking: '', signature: '' };
}

function inputUsage(completion: Completion): object {
  const { read, written, ttl } = completion.cache;
  return {
    input_tokens: completion.inputTokens,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: ttl === '5m' ? written : 0, ephemeral_1h_input_tokens: ttl === '1h' ? written : 0 },
    service_tier: 'standard',
  };
}

function guardrailFields(completion: Completion): object {
  return completion.guardrailIntervened ? { 'amazon-bedrock-guardrailAction': 'INTERVENED' } : {};
}
