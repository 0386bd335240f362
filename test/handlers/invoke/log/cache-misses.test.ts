import { CacheMisses } from '../../../../src/handlers/invoke/log/cache-misses';
import { CallRecord } from '../../../../src/handlers/invoke/log/call-record';

/** A call some minutes after the first, with checkpoints, and what it read and wrote. */
function call(minute: number, read: number | undefined, written: number | undefined, ttl: '5m' | '1h' | 'none' = '5m'): CallRecord {
  const record = new CallRecord({ source: 'direct', deadline: 0 }, minute * 60_000);
  record.prepared = { body: {}, cache: { add: {}, leftOut: 0, ...ttl !== 'none' && { ttl } }, toolFailures: 0 };
  record.facts = { cacheReadTokens: read, cacheWriteTokens: written, toolCalls: 0, refused: false, guardrailIntervened: false };
  return record;
}

test.each<[string, CallRecord[], Array<string | undefined>]>([
  ['a prefix that is too short is never held', [call(0, 0, 0), call(1, 0, 0)], ['below minimum', 'below minimum']],
  ['what is read is no miss', [call(0, 0, 5_000), call(1, 5_000, 0)], ['new', undefined]],
  ['what is written again within its life ran elsewhere', [call(0, 0, 5_000), call(4, 0, 5_000)], ['new', 'routed away']],
  ['what is written again after its life had expired', [call(0, 0, 5_000), call(6, 0, 5_000)], ['new', 'expired']],
  ['reading keeps it alive', [call(0, 0, 5_000), call(4, 5_000, 0), call(8, 0, 5_000)], ['new', undefined, 'routed away']],
  ['an hour\'s checkpoint lives for an hour', [call(0, 0, 5_000, '1h'), call(50, 0, 5_000, '1h'), call(111, 0, 5_000, '1h')], ['new', 'routed away', 'expired']],
  ['a conversation that grows is read as far as it was written', [call(0, 0, 5_000), call(1, 5_000, 300), call(2, 0, 5_300)], ['new', undefined, 'routed away']],
  ['another text is new', [call(0, 0, 5_000), call(1, 0, 6_000)], ['new', 'new']],
  ['without checkpoints nothing is missed', [call(0, 0, 0, 'none'), call(0, 0, 5_000, 'none')], [undefined, undefined]],
  ['what the service does not report is not guessed', [call(0, undefined, undefined)], [undefined]],
])('%s', (_, calls, reasons) => {
  const misses = new CacheMisses();
  expect(calls.map((record) => misses.reasonOf(record))).toEqual(reasons);
});

test('a thousand different texts are not all remembered', () => {
  const misses = new CacheMisses();
  for (let tokens = 5_000; tokens < 6_000; tokens++) misses.reasonOf(call(0, 0, tokens));
  expect(misses.reasonOf(call(1, 0, 5_999))).toBe('routed away');
  expect(misses.reasonOf(call(1, 0, 5_000))).toBe('new');
});
