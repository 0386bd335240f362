import { CacheTtl } from '../catalog/prompt-caching-limits';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKind, required, struct } from '../private/prop-kind';

/** The order in which the model reads the parts of a request. */
const PLACES = ['tools', 'system', 'messages'] as const;

/**
 * Where cache checkpoints go, and how long each lives.
 */
export interface CacheCheckpoints {
  /**
   * A checkpoint after the last tool definition.
   *
   * @default - none
   */
  readonly tools?: CacheTtl;

  /**
   * A checkpoint after the system prompt.
   *
   * @default - none
   */
  readonly system?: CacheTtl;

  /**
   * A checkpoint after the last message.
   *
   * @default - none
   */
  readonly messages?: CacheTtl;
}

/**
 * Prompt caching: what stands before a checkpoint is read from the cache when the next request begins with the same text.
 *
 * A part of a request that is shorter than the model's minimum is not cached, without an error.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export class PromptCaching {
  /** A checkpoint after the last tool definition. */
  public static tools(ttl: CacheTtl = CacheTtl.FIVE_MINUTES): PromptCaching {
    return PromptCaching.of({ tools: ttl });
  }

  /** A checkpoint after the system prompt. */
  public static systemPrompt(ttl: CacheTtl = CacheTtl.FIVE_MINUTES): PromptCaching {
    return PromptCaching.of({ system: ttl });
  }

  /** A checkpoint after the last message, for conversations that grow. */
  public static messages(ttl: CacheTtl = CacheTtl.FIVE_MINUTES): PromptCaching {
    return PromptCaching.of({ messages: ttl });
  }

  /**
   * Several checkpoints. The model reads tools, then the system prompt, then the messages.
   *
   * Throws if there is none, or one that lives for an hour comes after one that lives for five minutes.
   */
  public static of(checkpoints: CacheCheckpoints): PromptCaching {
    checkKind('PromptCaching', checkpoints, required(struct('CacheCheckpoints with a CacheTtl for tools, system or messages')));
    const ttls = PLACES.map((place) => checkpoints[place]).filter((ttl) => ttl !== undefined);
    if (ttls.length === 0) {
      throw new HaikuError(
        `PromptCaching has no checkpoint, got ${shown(checkpoints)}; expected at least one of "tools", "system", "messages". `
        + 'Name a place, or leave promptCaching out.');
    }
    const unknown = ttls.find((ttl) => !Object.values(CacheTtl).includes(ttl));
    if (unknown !== undefined) {
      throw new HaikuError(
        `Cache checkpoint has an unknown lifetime, got ${shown(unknown)}; expected CacheTtl.FIVE_MINUTES or CacheTtl.ONE_HOUR. Use one of the two.`);
    }
    if (ttls.lastIndexOf(CacheTtl.ONE_HOUR) > ttls.indexOf(CacheTtl.FIVE_MINUTES) && ttls.includes(CacheTtl.FIVE_MINUTES)) {
      throw new HaikuError(
        `Cache checkpoints are in an order that the model refuses, got ${shown(checkpoints)}; `
        + 'expected those of one hour before those of five minutes, in the order tools, system, messages. '
        + 'Give the earlier ones CacheTtl.ONE_HOUR, or the later ones CacheTtl.FIVE_MINUTES.');
    }
    return new PromptCaching(FACTORY, checkpoints);
  }

  /** @internal */
  public readonly _checkpoints: CacheCheckpoints;

  private constructor(caller: symbol, { tools, system, messages }: CacheCheckpoints = {}) {
    onlyByFactory(caller, 'PromptCaching', 'PromptCaching.systemPrompt(), PromptCaching.tools(), PromptCaching.messages() or PromptCaching.of(...)');
    this._checkpoints = { ...tools && { tools }, ...system && { system }, ...messages && { messages } };
  }
}

brand(PromptCaching, 'PromptCaching');
