import * as fc from 'fast-check';
import type { InvokerOptions } from '../../../src/contract/invoker-options';
import { readConfig } from '../../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../../src/handlers/invoke/dialects/messages-dialect';
import { MODEL_ID, REGION } from '../../invoker/test-invoker';
import '../../property-seed';

// What the construct fixes stands, in either dialect: an event that says the same passes, and one that says otherwise is refused or,
// where its dialect has no such field, changes nothing.
const GUARDRAIL: InvokerOptions = { guardrail: { id: 'g1', version: '1' } };
const TIER: InvokerOptions = { serviceTier: 'reserved' };
const METADATA: InvokerOptions = { requestMetadata: { team: 'a' } };
const converse = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const messages = { messages: [{ role: 'user', content: 'Hello' }] };
const GUARDRAIL_HEADERS = { 'x-amzn-bedrock-guardrailidentifier': 'g1', 'x-amzn-bedrock-guardrailversion': '1' };

/** What is sent: the headers, and the body as an object; or why nothing is. */
function sent(dialect: Dialect, event: object, options: InvokerOptions): { headers: Record<string, string>; body: Record<string, unknown> } | string {
  const config = readConfig({ MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify(options) });
  try {
    const { headers, body } = dialect.request(dialect.prepare(event, config, false).body, config, false);
    return { headers, body: JSON.parse(body) };
  } catch (error) {
    return (error as Error).name;
  }
}

test.each<[string, Dialect, InvokerOptions, object, object]>([
  ['the guardrail', CONVERSE, GUARDRAIL, converse, { body: { guardrailConfig: { guardrailIdentifier: 'g1', guardrailVersion: '1' } } }],
  ['the guardrail', MESSAGES, GUARDRAIL, messages, { headers: GUARDRAIL_HEADERS }],
  ['the tier', CONVERSE, TIER, converse, { body: { serviceTier: { type: 'reserved' } } }],
  ['the tier', CONVERSE, TIER, { ...converse, serviceTier: { type: 'reserved' } }, { body: { serviceTier: { type: 'reserved' } } }],
  ['the tier', MESSAGES, TIER, messages, { headers: { 'x-amzn-bedrock-service-tier': 'reserved' } }],
  ['the tier', MESSAGES, TIER, { ...messages, service_tier: 'reserved' }, { headers: { 'x-amzn-bedrock-service-tier': 'reserved' } }],
  ['the metadata', CONVERSE, METADATA, { ...converse, requestMetadata: { job: '7' } }, { body: { requestMetadata: { team: 'a', job: '7' } } }],
  ['the metadata', MESSAGES, METADATA, messages, { headers: { 'x-amzn-bedrock-request-metadata': '{"team":"a"}' } }],
])('%s is what the construct says: %#', (_, dialect, options, event, call) => {
  expect(sent(dialect, event, options)).toMatchObject(call);
});

test.each<[string, Dialect, InvokerOptions, object, object | string]>([
  ['guardrail', CONVERSE, GUARDRAIL, { ...converse, guardrailConfig: { guardrailIdentifier: 'g2', guardrailVersion: '1' } }, 'InvalidRequestError'],
  ['guardrail', CONVERSE, GUARDRAIL, { ...converse, guardrailConfig: { guardrailIdentifier: 'g1', guardrailVersion: 'DRAFT' } }, 'InvalidRequestError'],
  ['guardrail', MESSAGES, GUARDRAIL, { ...messages, guardrailIdentifier: 'g2', guardrailVersion: '1' }, { headers: GUARDRAIL_HEADERS }],
  ['tier', CONVERSE, TIER, { ...converse, serviceTier: { type: 'default' } }, 'InvalidRequestError'],
  ['tier', MESSAGES, TIER, { ...messages, service_tier: 'default' }, 'InvalidRequestError'],
  ['tier', MESSAGES, TIER, { ...messages, serviceTier: 'default' }, { headers: { 'x-amzn-bedrock-service-tier': 'reserved' } }],
  ['metadata', CONVERSE, METADATA, { ...converse, requestMetadata: { team: 'b' } }, { body: { requestMetadata: { team: 'a' } } }],
  ['metadata', MESSAGES, METADATA, { ...messages, requestMetadata: { team: 'b' } }, { headers: { 'x-amzn-bedrock-request-metadata': '{"team":"a"}' } }],
])('an event cannot exchange the %s: %#', (_, dialect, options, event, outcome) => {
  const call = sent(dialect, event, options);
  if (typeof outcome === 'string') expect(call).toBe(outcome);
  else expect(call).toMatchObject(outcome);
});

test.each([null, undefined, 'standard_only', 'default'])('a tier that the construct leaves open is the default one, said as %p', (tier) => {
  const extra = { additionalModelRequestFields: { service_tier: tier } };
  expect(sent(MESSAGES, { ...messages, service_tier: tier }, {})).toMatchObject({ headers: expect.not.objectContaining({ 'x-amzn-bedrock-service-tier': expect.anything() }) });
  const event = { ...converse, serviceTier: tier && { type: tier }, ...extra };
  expect(sent(CONVERSE, event, {})).toMatchObject({ body: JSON.parse(JSON.stringify(extra)) });
  expect(sent(MESSAGES, { ...messages, service_tier: tier }, { serviceTier: 'default' })).toMatchObject({ headers: { 'x-amzn-bedrock-service-tier': 'default' } });
  expect(sent(CONVERSE, event, { serviceTier: 'default' })).toMatchObject({ body: { serviceTier: { type: 'default' } } });
});

test.each([null, {}, { type: null }])('an event that asks for no tier does not take the construct\'s away: %j', (tier) => {
  expect(sent(CONVERSE, { ...converse, serviceTier: tier }, TIER)).toMatchObject({ body: { serviceTier: { type: 'reserved' } } });
  expect(sent(MESSAGES, { ...messages, service_tier: null }, TIER)).toMatchObject({ headers: { 'x-amzn-bedrock-service-tier': 'reserved' } });
});

test('no event chooses what capacity is paid for, wherever it says so and whatever the tier is called', () => {
  const tier = fc.oneof(fc.constantFrom<unknown>('reserved', 'priority', 'flex', 'auto', 'Default', '', 'default ', 0, false, true, []), fc.string(), fc.jsonValue())
    .filter((value) => value !== null && value !== 'standard_only');
  const construct = fc.constantFrom(undefined, 'default', 'reserved', 'priority');
  fc.assert(fc.property(tier, construct, (asked, serviceTier = 'default') => {
    fc.pre(asked !== serviceTier);
    const options = serviceTier === 'default' ? {} : { serviceTier };
    expect(why(MESSAGES, { ...messages, service_tier: asked }, options)).toBe(otherTier(serviceTier, 'service_tier'));
    expect(why(CONVERSE, { ...converse, serviceTier: { type: asked } }, options)).toBe(otherTier(serviceTier, 'serviceTier'));
    expect(why(CONVERSE, { ...converse, additionalModelRequestFields: { service_tier: asked } }, options))
      .toBe(otherTier(serviceTier, 'additionalModelRequestFields.service_tier'));
  }));
  expect(why(CONVERSE, { ...converse, serviceTier: 'reserved' }, {})).toBe(otherTier('default', 'serviceTier'));
  expect(why(MESSAGES, { ...messages, service_tier: 'standard_only' }, TIER)).toBe(otherTier('reserved', 'service_tier'));
});

const otherTier = (tier: string, field: string) => `The event asks for another service tier; this invoker calls with ${JSON.stringify(tier)}. Leave "${field}" out.`;

/** Why an event is refused; undefined for one that is not. */
function why(dialect: Dialect, event: object, options: InvokerOptions): string | undefined {
  const config = readConfig({ MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify(options) });
  try {
    dialect.prepare(event, config, false);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}
