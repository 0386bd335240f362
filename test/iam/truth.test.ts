import { agreed, every, not, some, Truth } from '../../src/iam/truth';

const A: Truth = { unknown: ['a'] };
const B: Truth = { unknown: ['b'] };

test.each<[Truth[], Truth, Truth]>([
  [[], true, false],
  [[true, true], true, true],
  [[true, false], false, true],
  [[true, A], A, true],
  [[false, A], false, A],
  [[A, B, A], { unknown: ['a', 'b'] }, { unknown: ['a', 'b'] }],
])('of %j all are %j, and some %j', (truths, all, any) => {
  expect(every(truths)).toEqual(all);
  expect(some(truths)).toEqual(any);
});

test('what is not known is not known the other way round either', () => {
  expect([true, false, A].map(not)).toEqual([false, true, A]);
});

test.each<[Truth[], Truth]>([
  [[true, true], true],
  [[false, false], false],
  [[true, false], { unknown: ['which'] }],
  [[true, A], { unknown: ['which', 'a'] }],
  [[A, A], { unknown: ['which', 'a'] }],
])('of the cases %j follows %j', (cases, followed) => {
  expect(agreed(cases, 'which')).toEqual(followed);
});
