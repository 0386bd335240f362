import type { Block, Completion } from './completion';
import { pieces } from './messages-answer';

/** An event of a Converse stream: its type travels in a header of the frame. */
export interface ConverseEvent {
  readonly type: string;
  readonly payload: object;
}

/** A Converse response. */
export function converseResponse(completion: Completion, latencyMs: number): object {
  return {
    metrics: { latencyMs },
    output: { message: { role: 'assistant', content: completion.content.map(converseBlock) } },
    stopReason: completion.stopReason,
    usage: usage(completion),
  };
}

/** The same answer as the events of a Converse stream. */
export function converseEvents(completion: Completion, latencyMs: number): ConverseEvent[] {
  return [
    { type: 'messageStart', payload: { role: 'assistant' } },
    ...completion.content.flatMap((block, contentBlockIndex) => [
      ...start(block).map((begin) => ({ type: 'contentBlockStart', payload: { contentBlockIndex, start: begin } })),
      ...deltas(block).map((delta) => ({ type: 'contentBlockDelta', payload: { contentBlockIndex, delta } })),
      { type: 'contentBlockStop', payload: { contentBlockIndex } },
    ]),
    { type: 'messageStop', payload: { stopReason: completion.stopReason } },
    { type: 'metadata', payload: { metrics: { latencyMs }, usage: usage(completion) } },
  ];
}

function converseBlock(block: Block): object {
  if (block.type === 'text') return { text: block.text };
  if (block.type === 'thinking') return { reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } };
  return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } };
}

/** Only a tool use announces its block. */
function start(block: Block): object[] {
  return block.type === 'tool_use' ? [{ toolUse: { toolUseId: block.id, name: block.name } }] : [];
}

function deltas(block: Block): object[] {
  if (block.type === 'text') return pieces(block.text).map((text) => ({ text }));
  if (block.type === 'tool_use') return pieces(JSON.stringify(block.input)).map((input) => ({ toolUse: { input } }));
  return [...pieces(block.thinking).map((text) => ({ reasoningContent: { text } })), { reasoningContent: { signature: block.signature } }];
}

function usage(completion: Completion): object {
  const { inputTokens, outputTokens, cache: { read, written } } = completion;
  const totalTokens = inputTokens + outputTokens + read + written;
  return { inputTokens, outputTokens, totalTokens, cacheReadInputTokens: read, cacheWriteInputTokens: written };
}
