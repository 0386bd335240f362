import { withSection } from '../../bench/page';

const page = '# Performance\n\n<!-- bench:start -->\nold\n<!-- bench:end -->\n\n<!-- bench:invoker:start -->\nthe invoker\n<!-- bench:invoker:end -->\n';

test('only what stands between the markers changes', () => {
  expect(withSection(page, 'new\n')).toBe(page.replace('old', 'new'));
});

test('a page without markers gets the section at its end', () => {
  expect(withSection('# Performance\n', 'new')).toBe('# Performance\n\n<!-- bench:start -->\nnew\n<!-- bench:end -->\n');
});

test('each bench has markers of its own', () => {
  expect(withSection(page, 'new\n', 'bench:invoker')).toBe(page.replace('the invoker', 'new'));
});

test('a page with one marker is refused', () => {
  expect(() => withSection('<!-- bench:end -->', 'new')).toThrow(new Error(
    'The page has one marker of <!-- bench:start --> and <!-- bench:end -->; expected both, in this order, or neither.'));
});
