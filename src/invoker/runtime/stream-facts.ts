import type { AnswerFacts } from './answer-facts';
import { isObject, JsonObject, textOf } from './json-object';
import { messagesFacts } from './messages-dialect';
import type { StreamEvent } from './stream-events';

/** Events without facts, which are most of a stream: they are not parsed. */
const PLAIN = ['content_block_delta', 'content_block_stop', 'ping'];
const GUARDRAIL = 'amazon-bedrock-guardrailAction';

/** Gathers from a stream's events what a whole answer would have said of itself. */
export class StreamFacts {
  /** Whether the stream came to its proper end. */
  complete = false;
  private usage: JsonObject = {};
  private readonly content: JsonObject[] = [];
  private readonly rest: { [field: string]: unknown } = {};
  private readonly texts: string[] = [];

  /** `keepText` gathers the answer's text too, for users who want it in the log. */
  constructor(private readonly keepText = false) {}

  add({ type, data }: StreamEvent): void {
    if (type === 'message_stop') this.complete = true;
    if (this.keepText && type === 'content_block_delta') this.texts.push(deltaText(JSON.parse(data)));
    if (PLAIN.includes(type) && !data.includes(GUARDRAIL)) return;
    const event = JSON.parse(data);
    if (event[GUARDRAIL] !== undefined) this.rest[GUARDRAIL] = event[GUARDRAIL];
    if (isObject(event.message?.usage)) this.usage = event.message.usage;
    if (isObject(event.usage)) this.usage = { ...this.usage, ...event.usage };
    if (isObject(event.content_block)) this.content.push(event.content_block);
    if (event.delta?.stop_reason) this.rest.stop_reason = event.delta.stop_reason;
  }

  get text(): string {
    return this.texts.join('');
  }

  read(): AnswerFacts {
    return messagesFacts({ ...this.rest, usage: this.usage, content: this.content });
  }
}

function deltaText({ delta }: { delta?: JsonObject }): string {
  return textOf(delta?.text ?? delta?.partial_json ?? delta?.thinking ?? '');
}
