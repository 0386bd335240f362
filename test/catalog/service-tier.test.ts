import { ServiceTier } from '../../src';

test.each([
  [ServiceTier.DEFAULT, 'default'],
  [ServiceTier.RESERVED, 'reserved'],
  [ServiceTier.PRIORITY, 'priority'],
  [ServiceTier.FLEX, 'flex'],
  [ServiceTier.of('next'), 'next'],
])('tier %# is named as requests name it', (tier, name) => {
  expect(tier.name).toBe(name);
});
