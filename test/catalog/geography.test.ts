import { Geography } from '../../src/catalog/geography';

test('placeholder of the scaffold', () => {
  expect(new Geography()).toBeDefined();
});
