import { Geography } from '../../src';
import { deepFreeze, thawed } from '../../src/catalog/frozen';

const card = () => ({ name: 'Mine', rows: [{ geography: Geography.EU, regions: ['eu-west-1'] }] });

test('a card is frozen all the way down', () => {
  const own = card();
  expect(deepFreeze(own)).toBe(own);
  expect([own, own.rows, own.rows[0], own.rows[0].regions].map(Object.isFrozen)).toEqual([true, true, true, true]);
});

test('a geography is not: other languages tag the objects that they are handed', () => {
  deepFreeze(card());
  expect(Object.isFrozen(Geography.EU)).toBe(false);
});

test('a copy can be changed, and leaves what it was made of alone', () => {
  const own = deepFreeze(card());
  const copy = thawed(own);
  copy.rows[0].regions.push('eu-west-2');
  expect(copy.rows[0].geography).toBe(Geography.EU);
  expect(own).toEqual(card());
});
