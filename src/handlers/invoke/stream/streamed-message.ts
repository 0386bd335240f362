import type { StreamEvent } from './stream-events';
import { isObject, JsonObject, textOf } from '../json/json-object';

const GUARDRAIL = 'amazon-bedrock-guardrailAction';

/** Gathers from a stream's events what a message that comes whole would say of itself. */
export class StreamedMessage {
  /** Whether the stream came to its proper end. */
  complete = false;
  private usage: JsonObject = {};
  private readonly content: JsonObject[] = [];
  private readonly rest: { [field: string]: unknown } = {};
  private readonly texts: string[] = [];

  /** `keepText` gathers the answer's text too, for users who want it in the log. */
  constructor(private readonly keepText = false) {}

  add({ type, body }: StreamEvent): void {
    if (type === 'message_stop') this.complete = true;
    if (this.keepText && type === 'content_block_delta') this.texts.push(deltaText(body.delta));
    if (body[GUARDRAIL] !== undefined) this.rest[GUARDRAIL] = body[GUARDRAIL];
    if (isObject(body.message) && isObject(body.message.usage)) this.usage = body.message.usage;
    if (isObject(body.usage)) this.usage = { ...this.usage, ...body.usage };
    if (isObject(body.content_block)) this.content.push(body.content_block);
    if (isObject(body.delta) && body.delta.stop_reason) this.rest.stop_reason = body.delta.stop_reason;
  }

  get text(): string {
    return this.texts.join('');
  }

  /** The message without its text. */
  get body(): JsonObject {
    return { ...this.rest, usage: this.usage, content: this.content };
  }
}

function deltaText(delta: unknown): string {
  return isObject(delta) ? textOf(delta.text ?? delta.partial_json ?? delta.thinking ?? '') : '';
}
