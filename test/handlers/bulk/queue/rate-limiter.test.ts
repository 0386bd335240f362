import * as fc from 'fast-check';
import { TestTable } from './test-table';
import { FairAdmission } from '../../../../src/handlers/bulk/queue/fair-admission';
import { Admission, RateLimiter } from '../../../../src/handlers/bulk/queue/rate-limiter';
import { TestClock } from '../../../invoker/test-invoker';
import '../../../property-seed';

const START = Date.UTC(2026, 10, 27, 12);
const RATE = { requestsPerMinute: 60, tokensPerMinute: 6000, outputWeight: 5 };

/** Workers with one table and one clock. */
function workers(count: number, rate: ConstructorParameters<typeof RateLimiter>[2] = RATE) {
  const [table, clock] = [new TestTable(), new TestClock(START)];
  return { table, clock, limiters: Array.from({ length: count }, () => new RateLimiter(table, clock, rate)) };
}

const at = (admission: Admission) => 'at' in admission ? admission.at - START : `not before ${admission.notBefore - START}`;

test('calls of all workers follow one another at the rate of whichever quota is used up first', async () => {
  const { limiters: [one, other] } = workers(2);
  expect(at(await one.admit('all', 100, 5000))).toBe(0);
  expect(at(await other.admit('all', 100, 5000))).toBe(1000);
  // 200 tokens take two seconds of 100 a second; the second request alone would take one.
  expect(at(await one.admit('all', 200, 5000))).toBe(2000);
  expect(at(await other.admit('all', 10, 5000))).toBe(4000);
});

test('what has no place within its time is told when to ask again, and takes nothing', async () => {
  const { table, limiters: [one] } = workers(1);
  for (let call = 0; call < 4; call++) await one.admit('all', 100, 3000);
  const before = new Map(table.items);
  expect(at(await one.admit('all', 100, 3000))).toBe('not before 4000');
  expect(table.items).toEqual(before);
});

test('what was not used is given back, and output that counts several times is taken', async () => {
  const { limiters: [one] } = workers(1);
  await one.admit('all', 500, 0);
  await one.settle('all', -300);
  expect(at(await one.admit('all', 100, 5000))).toBe(2000);
  await one.settle('all', 100);
  expect(at(await one.admit('all', 100, 5000))).toBe(4000);
});

test('time in which nobody calls is not saved up', async () => {
  const { clock, limiters: [one] } = workers(1);
  await one.admit('all', 100, 0);
  await clock.sleep(60_000);
  expect(at(await one.admit('all', 100, 5000))).toBe(60_000);
  expect(at(await one.admit('all', 100, 5000))).toBe(61_000);
});

test('a day has its own bound, and the next day begins anew', async () => {
  const { clock, limiters: [one] } = workers(1, { ...RATE, tokensPerDay: 250 });
  expect(at(await one.admit('all', 100, 5000))).toBe(0);
  expect(at(await one.admit('all', 100, 5000))).toBe(1000);
  expect(at(await one.admit('all', 100, 5000))).toBe(`not before ${12 * 3_600_000}`);
  await clock.sleep(12 * 3_600_000);
  expect(at(await one.admit('all', 100, 5000))).toBe(12 * 3_600_000);
});

test('a pause that the service asked for holds for all', async () => {
  const { limiters: [one, other] } = workers(2);
  await one.admit('all', 10, 0);
  await one.pause('all', START + 30_000);
  expect(at(await other.admit('all', 10, 5000))).toBe('not before 30000');
});

test('whoever asks when, no minute has more than the rate', async () => {
  const call = fc.record({ worker: fc.nat(3), tokens: fc.integer({ min: 1, max: 400 }), after: fc.nat(1500), within: fc.nat(20_000) });
  const asked = fc.array(call, { maxLength: 150 });
  await fc.assert(fc.asyncProperty(asked, async (calls) => {
    const { clock, limiters } = workers(4);
    const made: Array<{ at: number; tokens: number }> = [];
    for (const { worker, tokens, after, within } of calls) {
      await clock.sleep(after);
      const admission = await limiters[worker].admit('all', tokens, within);
      if ('at' in admission) {
        expect(admission.at).toBeLessThanOrEqual(clock.now() + within);
        made.push({ at: admission.at, tokens });
      }
    }
    for (const { at: first } of made) {
      const minute = made.filter((other) => other.at >= first && other.at < first + 60_000);
      expect(minute.length).toBeLessThanOrEqual(61);
      // The last call of a minute may be as large as any.
      expect(minute.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(6000 + 400);
    }
  }));
});

describe('between tenants', () => {
  test('one alone has all of the rate', async () => {
    const { table, clock, limiters: [one] } = workers(1);
    const fair = new FairAdmission(one, table, clock);
    for (let call = 0; call < 10; call++) expect(at(await fair.admit('a', 100, 20_000))).toBe(call * 1000);
  });

  test('one who floods the queue leaves the others their share', async () => {
    const { table, clock, limiters: [one, other] } = workers(2);
    const [flood, drop] = [new FairAdmission(one, table, clock), new FairAdmission(other, table, clock)];
    await drop.admit('b', 100, 20_000);
    const waits: number[] = [];
    let flooded = 0;
    for (let second = 0; second < 120; second++) {
      for (let call = 0; call < 20; call++) if ('at' in await flood.admit('a', 100, 1000)) flooded++;
      if (second % 4 === 0) {
        const admission = await drop.admit('b', 100, 20_000);
        if ('at' in admission) waits.push(admission.at - clock.now());
      }
      await clock.sleep(1000);
    }
    expect(waits).toHaveLength(30);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4000);
    // 120 seconds of one call each: what b leaves is a's.
    expect(flooded + waits.length).toBeGreaterThanOrEqual(118);
  });
});
