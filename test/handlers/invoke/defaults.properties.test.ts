import * as fc from 'fast-check';
import { converseEvent, defaults, Event, messagesEvent } from './generated-events';
import type { InvokerOptions } from '../../../src/contract/invoker-options';
import { readConfig } from '../../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../../src/handlers/invoke/dialects/messages-dialect';
import { LIMITS, MODEL_ID, REGION } from '../../invoker/test-invoker';
import { checkConverseBody } from '../../stand-ins/bedrock-runtime/converse-validation';
import { checkMessagesBody } from '../../stand-ins/bedrock-runtime/messages-validation';
import '../../property-seed';

/** The body that would be sent, read back. */
function sent(dialect: Dialect, event: Event, options: InvokerOptions, streamed: boolean): Event {
  const env = { MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify({ limits: LIMITS, ...options }) };
  const config = readConfig(env);
  return JSON.parse(dialect.request(dialect.prepare(event, config, streamed).body, config, streamed).body) as Event;
}

/** What the service says against a body; undefined if it takes it. The judge is the stand-in, which knows AWS's pages and none of our code. */
function refusal(dialect: Dialect, body: Event, streamed: boolean): string | undefined {
  const raw = Buffer.from(JSON.stringify(body));
  try {
    if (dialect === MESSAGES) checkMessagesBody(raw, 'bedrock', streamed);
    else checkConverseBody(raw, streamed);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** An event is valid by itself if the service takes it with some number of output tokens, where it says none. */
function isValid(dialect: Dialect, event: Event, streamed: boolean): boolean {
  const most = streamed ? LIMITS.maxOutputTokens : LIMITS.streamingRequiredAbove;
  const whole = dialect === MESSAGES
    ? { anthropic_version: 'bedrock-2023-05-31', max_tokens: most, ...event }
    : { ...event, inferenceConfig: { maxTokens: most, ...event.inferenceConfig as object } };
  return refusal(dialect, whole, streamed) === undefined;
}

/** A value without the checkpoints in it, and text alone as the block that it stands for. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => (item as Event | null)?.cachePoint === undefined).map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'cache_control').map(([name, part]) => [
    name, (name === 'content' || name === 'system') && typeof part === 'string' && part !== 'noon' ? [{ type: 'text', text: part }] : bare(part),
  ]));
}

/** The lives of a value's checkpoints, in their order. */
function checkpoints(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(checkpoints);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'cache_control' || name === 'cachePoint' ? [(part as { ttl?: string }).ttl ?? '5m'] : checkpoints(part));
}

/** Whether every part of the smaller value stands in the larger one, in lists of the same length. */
function holds(larger: unknown, smaller: unknown): boolean {
  if (typeof smaller !== 'object' || smaller === null) return larger === smaller;
  if (typeof larger !== 'object' || larger === null) return false;
  if (Array.isArray(smaller) && (larger as unknown[]).length !== smaller.length) return false;
  return Object.entries(smaller).every(([name, part]) => holds((larger as Event)[name], part));
}

function isSubsequence(part: string[], whole: string[]): boolean {
  let found = 0;
  for (const item of whole) if (item === part[found]) found++;
  return found === part.length;
}

test.each<[Dialect['name'], Dialect, fc.Arbitrary<Event>]>([
  ['messages', MESSAGES, messagesEvent],
  ['converse', CONVERSE, converseEvent],
])('%s: a valid event is valid with any defaults, and what it says arrives', (_, dialect, event) => {
  let valid = 0;
  fc.assert(fc.property(event, defaults, fc.boolean(), (given, options, streamed) => {
    fc.pre(isValid(dialect, given, streamed));
    valid++;
    const body = sent(dialect, given, options, streamed);
    expect(refusal(dialect, body, streamed)).toBeUndefined();
    const kept = (field: string) => holds(bare({ [field]: body[field] }), bare({ [field]: given[field] }))
      && isSubsequence(checkpoints(given[field]), checkpoints(body[field]));
    expect(Object.keys(given).filter((field) => !kept(field))).toEqual([]);
  }), { numRuns: 3_000, maxSkipsPerRun: 20 });
  expect(valid).toBeGreaterThanOrEqual(3_000);
});

test.each<[Dialect['name'], Dialect, fc.Arbitrary<Event>]>([
  ['messages', MESSAGES, messagesEvent],
  ['converse', CONVERSE, converseEvent],
])('%s: a default that goes with the event is sent', (_, dialect, event) => {
  fc.assert(fc.property(event, fc.boolean(), (given, streamed) => {
    const withThinking = { ...LIMITS, thinkingBudgetTokens: 1024, maxTokens: 2000 };
    const thinking = { type: 'enabled', budget_tokens: 1024 };
    const extra = given.additionalModelRequestFields as Event | undefined;
    const asked = dialect === MESSAGES ? { ...given, thinking } : { ...given, additionalModelRequestFields: { ...extra, thinking } };
    fc.pre((dialect === MESSAGES ? given.thinking : extra?.thinking) === undefined && isValid(dialect, asked, streamed));
    const body = sent(dialect, given, withThinking, streamed);
    expect(dialect === MESSAGES ? body.thinking : (body.additionalModelRequestFields as Event).thinking).toEqual(thinking);
  }), { numRuns: 300, maxSkipsPerRun: 100 });
});
