/**
 * A part of the request that a HaikuInvoker keeps from its callers: an event that sets it is refused with `InvalidRequestError`,
 * which names the field. Other spellings of it do not pass either, such as those among Converse's `additionalModelRequestFields`.
 *
 * Where the construct has no default for it, it stays unset. A default still yields to an event that it does not go with.
 */
export enum LockedField {
  /** The system prompt: `systemPrompt`, what `systemPromptSource` holds, or none at all. Messages may then have the roles `user` and `assistant` only. */
  SYSTEM = 'system',
  /** The output tokens: `maxTokens`, 4096 if left out, is then the most that an event may ask for. Fewer are fine. */
  MAX_TOKENS = 'maxTokens',
  /** `temperature`, `top_p` and `top_k`: `sampling`, or the model's own. */
  SAMPLING = 'sampling',
  /** Thinking: `thinkingBudgetTokens`, or none. Effort, which decides about thinking too, cannot be set either. */
  THINKING = 'thinking',
}
