import { invokerWith } from './stack-with-invoker';
import { thrown } from '../kit/three-ways';

test.each(['', '12', 'a b', 'x'.repeat(129), 'live!'])('the alias name %p is refused', (aliasName) => {
  expect(thrown(() => invokerWith({ alias: { aliasName } }))).toBe(
    `aliasName is not one that Lambda takes, got ${JSON.stringify(aliasName)}; `
    + 'expected 1 to 128 letters, digits, "-" and "_", not digits alone. Choose such a name, for example "live".');
});

test.each(['live', 'v1', 'x'.repeat(128), '1-2_3'])('the alias name %p is taken', (aliasName) => {
  expect(() => invokerWith({ alias: { aliasName } })).not.toThrow();
});

test('no provisioned instance at all is refused', () => {
  expect(thrown(() => invokerWith({ alias: { aliasName: 'live', provisionedConcurrentExecutions: 0 } }))).toBe(
    'provisionedConcurrentExecutions is out of range, got 0; expected a whole number of at least 1. Leave it out to keep no instance ready.');
});

test('as many provisioned instances as are reserved are taken, one more is refused', () => {
  const provisioned = (provisionedConcurrentExecutions: number) =>
    invokerWith({ alias: { aliasName: 'live', provisionedConcurrentExecutions }, reservedConcurrentExecutions: 5 });
  expect(() => provisioned(5)).not.toThrow();
  expect(thrown(() => provisioned(6))).toBe(
    'provisionedConcurrentExecutions is more than is reserved, got 6 of 5; expected at most reservedConcurrentExecutions. Reserve more, or keep fewer ready.');
});
