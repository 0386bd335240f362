import type { InvokerOptions } from '../../../src/contract/invoker-options';
import { readConfig } from '../../../src/handlers/invoke/config';
import { CONVERSE } from '../../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../../src/handlers/invoke/dialects/messages-dialect';
import { MODEL_ID, REGION } from '../../invoker/test-invoker';

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

test('a tier that the construct leaves open is the event\'s to choose', () => {
  expect(sent(CONVERSE, { ...converse, serviceTier: { type: 'default' } }, {})).toMatchObject({ body: { serviceTier: { type: 'default' } } });
  expect(sent(MESSAGES, { ...messages, service_tier: 'auto' }, {})).toMatchObject({ body: { service_tier: 'auto' } });
});
