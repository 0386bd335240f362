import { isJson, Json, objectsIn } from './json';
import { Refusal } from './refusal';

const MIN_THINKING_BUDGET = 1_024;
/** Above as many output tokens, an answer with thinking must stream. */
const MAX_TOKENS_IN_ONE_PIECE = 21_333;

/**
 * Throws what the model answers to a Messages body that thinks in a way that it does not take.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 */
export function checkThinking(body: Json, streaming: boolean): void {
  if (!isJson(body.thinking) || body.thinking.type !== 'enabled') return;
  const { budget_tokens: budget } = body.thinking;
  if (typeof budget !== 'number' || budget < MIN_THINKING_BUDGET) {
    throw Refusal.validation(`thinking.enabled.budget_tokens: Input should be greater than or equal to ${MIN_THINKING_BUDGET}`);
  }
  if (budget >= Number(body.max_tokens) && !interleaves(body)) throw Refusal.validation('`max_tokens` must be greater than `thinking.budget_tokens`.');
  if (!streaming && Number(body.max_tokens) > MAX_TOKENS_IN_ONE_PIECE) {
    throw Refusal.validation(`Streaming is required when max_tokens is greater than ${MAX_TOKENS_IN_ONE_PIECE}.`);
  }
  if (body.temperature !== undefined && body.temperature !== 1) throw Refusal.validation('`temperature` may only be set to 1 when thinking is enabled.');
  if (body.top_p !== undefined) throw Refusal.validation('`top_p` must be unset when thinking is enabled.');
  if (body.top_k !== undefined) throw Refusal.validation('`top_k` must be unset when thinking is enabled.');
  if (isJson(body.tool_choice) && ['any', 'tool'].includes(String(body.tool_choice.type))) {
    throw Refusal.validation('Thinking may not be enabled when tool_choice forces tool use.');
  }
  checkTurns(objectsIn(body.messages));
}

/** With the beta and tools, the budget counts for all that is thought in a turn, so it may be above `max_tokens`. */
function interleaves(body: Json): boolean {
  const betas = Array.isArray(body.anthropic_beta) ? body.anthropic_beta.map((beta) => String(beta).toLowerCase()) : [];
  return betas.includes('interleaved-thinking-2025-05-14') && objectsIn(body.tools).length > 0;
}

/** A conversation as a word, a letter for each message: T an assistant's that starts with thinking, A another of an assistant's, R tool results, U the rest. */
function checkTurns(messages: Json[]): void {
  const word = messages.map(letterOf).join('').replace(/([TA])[TA]+/g, '$1').replace(/[RU]*R[RU]*/g, 'R');
  if (/[TA]$/.test(word)) throw Refusal.validation('messages: the final message must be the user\'s when thinking is enabled; a prefilled answer is not supported.');
  if (/([TA]R)*$/.exec(word)![0].includes('A')) {
    throw Refusal.validation(
      'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message '
      + 'must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks).');
  }
}

function letterOf({ role, content }: Json): string {
  const types = objectsIn(content).map(({ type }) => type);
  if (role === 'assistant') return /thinking$/.test(String(types[0])) ? 'T' : 'A';
  return types.includes('tool_result') ? 'R' : 'U';
}
