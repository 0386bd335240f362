import * as fc from 'fast-check';
import type { InvokerOptions } from '../../../src/contract/invoker-options';

/** An event in either dialect: the parts of a request body that it says. */
export type Event = Readonly<Record<string, unknown>>;

const BETA = fc.constantFrom(['interleaved-thinking-2025-05-14'], ['Interleaved-Thinking-2025-05-14', 'other'], ['other']);
const ttl = fc.constantFrom('5m', '1h');
const maybe = <T>(arbitrary: fc.Arbitrary<T>, weight = 2) => fc.oneof({ weight, arbitrary }, { weight: 2, arbitrary: fc.constant(undefined) });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => maybe(arbitrary, 1);

/** One message, as far as the rules tell messages apart. */
interface Part {
  readonly role: 'user' | 'assistant';
  readonly blocks: ('text' | 'thinking' | 'call' | 'result' | 'csv' | 'pdf')[];
}
const user = (...blocks: Part['blocks']): Part => ({ role: 'user', blocks });
const assistant = (...blocks: Part['blocks']): Part => ({ role: 'assistant', blocks });

const question = fc.constantFrom<Part[]>([user('text')], [user('csv', 'text')], [user('text', 'csv')], [user('pdf')], [user('text', 'pdf', 'csv')], [user('text'), user('text')]);
const call = fc.constantFrom<Part>(assistant('call'), assistant('thinking', 'call'), assistant('text', 'call'), assistant('thinking', 'text', 'call'));
const result = fc.constantFrom<Part[]>([user('result')], [user('result', 'text')], [user('result'), user('text')], [user('result', 'result')]);
const steps = fc.array(fc.tuple(call, result), { maxLength: 3 }).map((turns) => turns.flatMap(([asked, given]) => [asked, ...given]));
const answer = fc.constantFrom<Part>(assistant('text'), assistant('thinking', 'text'));
/** Whole exchanges, then one that the model is to go on with: at a question, at a tool's result, or at the beginning of its own answer. */
const conversation = fc.tuple(fc.array(fc.tuple(question, steps, answer), { maxLength: 2 }), question, steps, seldom(answer))
  .map(([done, asked, turns, begun]) => [...done.flatMap(([q, s, a]) => [...q, ...s, a]), ...asked, ...turns, ...begun ? [begun] : []]);

const thinking = fc.oneof(
  fc.record({ type: fc.constant('enabled'), budget_tokens: fc.constantFrom(1024, 2048, 4096, 21_332, 21_333, 30_000, 63_999) }),
  fc.constant({ type: 'disabled' }),
);
const tokens = fc.constantFrom(1, 500, 1024, 1025, 4096, 21_333, 21_334, 30_000, 64_000);
const temperature = fc.constantFrom(0, 0.3, 1);
const topP = fc.constantFrom(0.5, 1);

const BLOCKS = {
  text: { type: 'text', text: 'Words.' },
  thinking: { type: 'thinking', thinking: 'Hm.', signature: 's' },
  call: { type: 'tool_use', id: 't', name: 'clock', input: {} },
  result: { type: 'tool_result', tool_use_id: 't', content: 'noon' },
  csv: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a,b' } },
  pdf: { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AA==' } },
};
const marked = (item: object, life: string | undefined) => life === undefined ? item : { ...item, cache_control: { type: 'ephemeral', ttl: life } };
const tool = fc.tuple(fc.constantFrom({}, { defer_loading: true }, { defer_loading: false }), fc.option(ttl, { freq: 6, nil: undefined }))
  .map(([more, life]) => marked({ name: 'clock', input_schema: { type: 'object' }, ...more }, life));

/** Messages bodies, most of them valid. */
export const messagesEvent: fc.Arbitrary<Event> = fc.record({
  messages: fc.tuple(conversation, fc.option(ttl, { freq: 4, nil: undefined })).map(([parts, life]) => parts.map(({ role, blocks }, index) => ({
    role,
    content: blocks.join() === 'text' && index % 2 === 0 && life === undefined
      ? 'Words.'
      : blocks.map((block, at) => marked(BLOCKS[block], index === parts.length - 1 && at === 0 && block === 'text' ? life : undefined)),
  }))),
  max_tokens: maybe(tokens, 4),
  temperature: seldom(temperature),
  top_p: seldom(topP),
  top_k: seldom(fc.constant(5)),
  thinking: maybe(thinking),
  tools: maybe(fc.array(tool, { minLength: 1, maxLength: 3 }), 4),
  tool_choice: maybe(fc.constantFrom({ type: 'auto' }, { type: 'any' }, { type: 'tool', name: 'clock' }, { type: 'none' })),
  system: maybe(fc.constantFrom<unknown>('Rhyme.', [], [{ type: 'text', text: 'Rhyme.' }], [{ type: 'text', text: 'Rhyme.', cache_control: { type: 'ephemeral' } }])),
  anthropic_beta: maybe(BETA),
  metadata: maybe(fc.constant({ user_id: 'u' })),
}).map(withoutUndefined);

const CONVERSE_BLOCKS = {
  text: { text: 'Words.' },
  thinking: { reasoningContent: { reasoningText: { text: 'Hm.', signature: 's' } } },
  call: { toolUse: { toolUseId: 't', name: 'clock', input: {} } },
  result: { toolResult: { toolUseId: 't', content: [{ text: 'noon' }] } },
  csv: { document: { format: 'csv', name: 'd', source: { bytes: 'AA==' } } },
  pdf: { document: { format: 'pdf', name: 'd', source: { bytes: 'AA==' } } },
};
const point = fc.option(ttl, { freq: 4, nil: undefined }).map((life) => life === undefined ? [] : [{ cachePoint: { type: 'default', ttl: life } }]);

/** Converse bodies, most of them valid. */
export const converseEvent: fc.Arbitrary<Event> = fc.record({
  messages: fc.tuple(conversation, point).map(([parts, end]) => parts.map(({ role, blocks }, index) => ({
    role, content: [...blocks.map((block) => CONVERSE_BLOCKS[block]), ...index === parts.length - 1 ? end : []],
  }))),
  inferenceConfig: maybe(fc.record({ maxTokens: maybe(tokens), temperature: seldom(temperature), topP: seldom(topP) }).map(withoutUndefined), 4),
  additionalModelRequestFields: maybe(fc.record({
    thinking: maybe(thinking), top_k: seldom(fc.constant(5)), anthropic_beta: maybe(BETA),
  }).map(withoutUndefined), 4),
  toolConfig: maybe(fc.record({
    tools: point.map((end) => [{ toolSpec: { name: 'clock', inputSchema: { json: {} } } }, ...end]),
    toolChoice: maybe(fc.constantFrom({ auto: {} }, { any: {} }, { tool: { name: 'clock' } })),
  }).map(withoutUndefined), 4),
  system: maybe(point.map((end) => [{ text: 'Rhyme.' }, ...end])),
  requestMetadata: maybe(fc.constant({ job: '7' })),
}).map(withoutUndefined);

const lives = fc.constantFrom<'5m' | '1h'>('5m', '1h');

/** Every default that a construct can pass on, in any combination: those that it refuses together are not drawn together. */
export const defaults: fc.Arbitrary<InvokerOptions> = fc.record({
  system: maybe(fc.constant('Be brief.')),
  maxTokens: maybe(fc.constantFrom(100, 2000, 21_333, 21_334, 64_000)),
  sampling: maybe(fc.oneof(
    fc.record({ temperature }), fc.record({ topP }), fc.record({ thinkingBudgetTokens: fc.constantFrom(1024, 2048, 21_333, 30_000) }),
  ), 8),
  promptCaching: maybe(fc.record({ tools: maybe(lives), system: maybe(lives), messages: maybe(lives) }).map(withoutUndefined), 4),
  requestMetadata: maybe(fc.constant({ team: 'a' })),
}).map(({ sampling, ...more }) => withoutUndefined({ ...more, ...sampling }) as InvokerOptions);

function withoutUndefined(values: object): Event {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
