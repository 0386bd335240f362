import { complete, Completion, Deviation } from './completion';
import type { Caller } from './model-access';
import type { Prompt } from './prompt';
import { PromptCache } from './prompt-cache';

/** The model as one caller meets it; it remembers the prompts that it was asked to cache. */
export class Model {
  private readonly cache = new PromptCache();

  constructor(public readonly caller: Caller) {}

  public complete(prompt: Prompt, deviation: Deviation): Completion {
    return complete(prompt, this.cache.use(prompt.cachedPrefix), deviation);
  }
}
