import * as fc from 'fast-check';
import { SHARE_EVERY_MS } from '../../../../src/contract/traffic';
import { Share } from '../../../../src/handlers/invoke/traffic/share';
import { TestClock } from '../../../invoker/test-invoker';
import '../../../property-seed';

const KEYS = Array.from({ length: 4000 }, (_, index) => `user-${index}`);

test('a key always has the same fate, a greater share has all keys of a smaller one, and each share its part of them', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }), (one, other) => {
    const covered = (share: number) => KEYS.filter((key) => new Share(new TestClock(), { share }).covers(key));
    const [few, many] = [covered(Math.min(one, other)), covered(Math.max(one, other))];
    expect(few.every((key) => many.includes(key))).toBe(true);
    expect(Math.abs(many.length / KEYS.length * 100 - Math.max(one, other))).toBeLessThan(3);
  }), { numRuns: 10 });
});

test.each([[0, 0], [100, 4000]])('a share of %i percent covers %i of 4000 keys', (share, count) => {
  expect(KEYS.filter((key) => new Share(new TestClock(), { share }).covers(key))).toHaveLength(count);
});

test('without a key a call is drawn', () => {
  const drawn = (random: number) => new Share(new TestClock(0, random), { share: 10 }).covers(undefined);
  expect([drawn(0), drawn(0.0999), drawn(0.1)]).toEqual([true, true, false]);
});

test('a parameter is read once a minute at most, and no call waits for what it is read again', async () => {
  const clock = new TestClock(0);
  let reads = 0;
  const share = new Share(clock, {}, async () => { reads++; return String(reads * 10); });
  expect(share.percent).toBe(0);
  await share.known();
  expect([share.percent, reads]).toEqual([10, 1]);
  for (let call = 0; call < 100; call++) share.covers('a');
  await clock.sleep(SHARE_EVERY_MS - 1);
  share.covers('a');
  expect(reads).toBe(1);
  await clock.sleep(1);
  share.covers('a');
  share.covers('b');
  expect([share.percent, reads]).toEqual([10, 2]);
  await share.known();
  expect(share.percent).toBe(20);
});

test.each(['', 'ten', '101', '-1', '1e1', '0x10', 'NaN', ' '])('%j is no share: it stays what it was', async (text) => {
  const clock = new TestClock(0);
  const texts = ['12.5', text];
  const share = new Share(clock, {}, async () => texts.shift()!);
  await share.known();
  await clock.sleep(SHARE_EVERY_MS);
  share.covers('a');
  await share.known();
  expect([share.percent, share.failed]).toEqual([12.5, 'The parameter holds no number from 0 to 100.']);
});

test('what cannot be read is 0 at first, and is said', async () => {
  const share = new Share(new TestClock(0), {}, async () => { throw new Error('AccessDenied'); });
  await share.known();
  expect([share.percent, share.failed, share.covers('a')]).toEqual([0, 'AccessDenied', false]);
});

test('a call waits a second at most for the first reading', async () => {
  const share = new Share(new TestClock(0), {}, () => new Promise(() => undefined));
  const begun = Date.now();
  await share.known();
  expect(Date.now() - begun).toBeLessThan(3000);
  expect(share.covers('a')).toBe(false);
});
