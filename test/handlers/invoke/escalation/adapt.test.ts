import * as fc from 'fast-check';
import { ModelCard } from '../../../../src';
import { requestRulesOf } from '../../../../src/contract/card-limits';
import type { RequestRules } from '../../../../src/contract/escalation';
import { adapt } from '../../../../src/handlers/invoke/escalation/adapt';
import '../../../property-seed';

/** What the property looks at. */
interface Body {
  readonly max_tokens: number;
  readonly metadata: unknown;
  readonly thinking?: { readonly type: string; readonly budget_tokens: number };
  readonly output_config?: { readonly effort: string };
}

const MESSAGES = { messages: [{ role: 'user', content: 'Hello' }], max_tokens: 4096 };
const ADAPTIVE: RequestRules = { sampling: [], thinking: ['adaptive', 'disabled'], effort: ['low', 'medium', 'high', 'xhigh', 'max'], effortWithoutThinking: 'high', maxOutputTokens: 128_000 };
const BUDGETS: RequestRules = { sampling: ['temperature', 'top_p', 'top_k'], temperatureOrTopP: true, thinking: ['enabled', 'disabled'], minThinkingBudget: 1024, streamingRequiredAbove: 21_333, maxOutputTokens: 64_000 };

test.each<[string, object, RequestRules, object, string[]]>([
  ['a budget becomes adaptive thinking', { thinking: { type: 'enabled', budget_tokens: 2048 } }, ADAPTIVE, { thinking: { type: 'adaptive' } }, ['thinking']],
  ['adaptive thinking becomes a budget', { thinking: { type: 'adaptive' } }, BUDGETS, { thinking: { type: 'enabled', budget_tokens: 2048 } }, ['thinking']],
  ['and with it goes changed sampling', { thinking: { type: 'adaptive' }, temperature: 0.5 }, BUDGETS, { thinking: { type: 'enabled', budget_tokens: 2048 } }, ['thinking', 'temperature']],
  ['a budget that does not fit is none', { thinking: { type: 'adaptive' }, max_tokens: 1000 }, BUDGETS, { max_tokens: 1000 }, ['thinking']],
  ['nor is one for an answer too long to come whole', { thinking: { type: 'adaptive' }, max_tokens: 30_000 }, BUDGETS, { max_tokens: 30_000 }, ['thinking']],
  ['a model that always thinks is not told not to', { thinking: { type: 'disabled' } }, { ...ADAPTIVE, thinking: ['adaptive'] }, {}, ['thinking']],
  ['sampling parameters that the model takes none of are left out', { temperature: 0, top_k: 5 }, ADAPTIVE, {}, ['temperature', 'top_k']],
  ['one of two is left out where the model takes one', { temperature: 0, top_p: 0.5 }, BUDGETS, { temperature: 0 }, ['top_p']],
  ['what the model takes stays', { temperature: 0, thinking: { type: 'disabled' } }, BUDGETS, { temperature: 0, thinking: { type: 'disabled' } }, []],
  ['what is not known stays', { temperature: 0, top_p: 0.5, thinking: { type: 'enabled', budget_tokens: 1 }, output_config: { effort: 'max' } }, {},
    { temperature: 0, top_p: 0.5, thinking: { type: 'enabled', budget_tokens: 1 }, output_config: { effort: 'max' } }, []],
  ['an effort that the model has not becomes the next one below', { output_config: { effort: 'xhigh' } }, { ...ADAPTIVE, effort: ['low', 'medium', 'high', 'max'] }, { output_config: { effort: 'high' } }, ['effort']],
  ['an effort for a model without any is left out', { output_config: { effort: 'low', format: { type: 'json_schema' } } }, BUDGETS, { output_config: { format: { type: 'json_schema' } } }, ['effort']],
  ['without thinking the effort has a bound', { thinking: { type: 'disabled' }, output_config: { effort: 'max' } }, ADAPTIVE, { thinking: { type: 'disabled' }, output_config: { effort: 'high' } }, ['effort']],
  ['more output tokens than the model writes become as many as it does', { max_tokens: 128_000 }, BUDGETS, { max_tokens: 64_000 }, ['max_tokens']],
])('%s', (_, given, rules, expected, changes) => {
  expect(adapt({ ...MESSAGES, ...given }, rules, 'messages', false)).toEqual({ body: { ...MESSAGES, ...expected }, changes });
});

test('in Converse Claude\'s own fields stand among the additional ones', () => {
  const given = {
    messages: [], inferenceConfig: { maxTokens: 4096, temperature: 0.2, topP: 0.5 }, additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2048 }, top_k: 5 },
  };
  expect(adapt(given, ADAPTIVE, 'converse', false, 8192)).toEqual({
    body: { messages: [], inferenceConfig: { maxTokens: 8192 }, additionalModelRequestFields: { thinking: { type: 'adaptive' } } },
    changes: ['maxTokens', 'thinking', 'temperature', 'topP', 'top_k'],
  });
});

test.each<['messages' | 'converse', object]>([
  ['messages', { output_config: { format: { type: 'json_schema' } } }], ['messages', { output_format: {} }], ['messages', { tools: [{ name: 'a', strict: true }] }],
  ['converse', { outputConfig: { textFormat: {} } }], ['converse', { toolConfig: { tools: [{ toolSpec: { name: 'a', strict: true } }] } }],
])('%s: %j is not for a model without structured output', (api, given) => {
  expect(adapt({ ...MESSAGES, ...given }, { structuredOutputs: false }, api, false)).toEqual({ impossible: 'structured output' });
  expect(adapt({ ...MESSAGES, ...given }, {}, api, false)).toEqual({ body: { ...MESSAGES, ...given }, changes: [] });
});

test('whatever a request asks for, every card\'s model takes what is made of it, and nothing else is touched', () => {
  const cards = Object.values(ModelCard).filter((value): value is ModelCard => value instanceof ModelCard);
  expect(cards.length).toBeGreaterThan(10);
  const thinking = fc.oneof(fc.constant({ type: 'adaptive' }), fc.constant({ type: 'disabled' }), fc.integer({ min: 1024, max: 60_000 }).map((budget) => ({ type: 'enabled', budget_tokens: budget })));
  const request = fc.record({
    messages: fc.constant([]),
    max_tokens: fc.integer({ min: 1, max: 128_000 }),
    thinking,
    temperature: fc.constant(0.5),
    top_p: fc.constant(0.9),
    top_k: fc.constant(5),
    output_config: fc.record({ effort: fc.constantFrom('low', 'medium', 'high', 'xhigh', 'max') }),
    metadata: fc.constant({ user_id: 'u' }),
  }, { requiredKeys: ['messages', 'max_tokens', 'metadata'] });
  fc.assert(fc.property(request, fc.constantFrom(...cards), fc.boolean(), (given, card, streamed) => {
    const rules = requestRulesOf(card);
    const adapted = adapt(given, rules, 'messages', streamed) as unknown as { body: Body; changes: string[] };
    const { body } = adapted;
    expect(body.metadata).toBe(given.metadata);
    if (body.thinking && rules.thinking) expect(rules.thinking).toContain(body.thinking.type);
    if (body.thinking?.type === 'enabled' && adapted.changes.includes('thinking')) expect(body.thinking.budget_tokens).toBeLessThan(body.max_tokens);
    for (const name of ['temperature', 'top_p', 'top_k']) if (name in body) expect(rules.sampling).toContain(name);
    if (body.output_config && rules.thinking) expect(rules.effort).toContain(body.output_config.effort);
    expect(body.max_tokens).toBeLessThanOrEqual(rules.maxOutputTokens!);
    // Made over once, it needs no more.
    expect(adapt({ ...body }, rules, 'messages', streamed)).toEqual({ body, changes: [] });
  }), { numRuns: 500 });
});
