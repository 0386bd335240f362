import { randomBytes } from 'node:crypto';
import type { Prompt } from './prompt';
import type { CacheUse } from './prompt-cache';
import { CHARACTERS_A_TOKEN, tokensOf } from './tokens';

export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: object };

/** How the model ends a turn that it did not end by itself. */
export type Outcome = 'refusal' | 'guardrail_intervened';

/** What the model says, before any dialect. */
export interface Completion {
  readonly id: string;
  readonly content: Block[];
  readonly stopReason: string;
  readonly guardrailIntervened: boolean;
  /** Without those that the cache read or wrote. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cache: CacheUse;
}

const BLOCKED = 'Sorry, the model cannot answer this question.';
const REFUSED = 'I cannot help with that.';

/** What a fault makes of the model's answer. */
export interface Deviation {
  readonly outcome?: Outcome;
  readonly extraCharacters?: number;
  /** What the model says in the place of its echo. */
  readonly says?: { readonly content: Block[]; readonly stopReason: string };
}

/** Answers a prompt by echoing it: the same prompt gets the same words. */
export function complete(prompt: Prompt, cache: CacheUse, { outcome, extraCharacters = 0, says }: Deviation): Completion {
  const thinking: Block[] = prompt.thinking
    ? [{ type: 'thinking', thinking: `The user wrote ${prompt.lastUserText.length} characters.`, signature: 'c3RhbmQtaW4tc2lnbmF0dXJl' }]
    : [];
  const [answer, stopReason] = answerTo(prompt, outcome);
  const longer = answer.type === 'text' ? { ...answer, text: answer.text + 'x'.repeat(extraCharacters) } : answer;
  const content = [...thinking, ...says?.content ?? [longer]];
  return {
    id: `msg_bdrk_${randomBytes(12).toString('hex')}`,
    content,
    stopReason: says?.stopReason ?? stopReason,
    guardrailIntervened: outcome === 'guardrail_intervened',
    inputTokens: Math.max(1, tokensOf(prompt.length) - cache.read - cache.written),
    outputTokens: tokensOf(content.reduce((sum, block) => sum + lengthOf(block), 0)),
    cache,
  };
}

function answerTo(prompt: Prompt, outcome?: Outcome): [Block, string] {
  if (outcome === 'refusal') return [{ type: 'text', text: REFUSED }, 'refusal'];
  if (outcome === 'guardrail_intervened') return [{ type: 'text', text: BLOCKED }, 'guardrail_intervened'];
  if (prompt.forcedTool !== undefined) {
    return [{ type: 'tool_use', id: `toolu_bdrk_${randomBytes(12).toString('hex')}`, name: prompt.forcedTool, input: { echo: prompt.lastUserText } }, 'tool_use'];
  }
  const text = `You said: ${prompt.lastUserText}`;
  const most = prompt.maxTokens * CHARACTERS_A_TOKEN;
  return text.length > most ? [{ type: 'text', text: text.slice(0, most) }, 'max_tokens'] : [{ type: 'text', text }, 'end_turn'];
}

function lengthOf(block: Block): number {
  if (block.type === 'text') return block.text.length;
  if (block.type === 'thinking') return block.thinking.length;
  return JSON.stringify(block.input).length;
}
