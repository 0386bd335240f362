import { differences, Samples } from '../../bench/samples';

test.each([[[3, 1, 2], 2], [[4, 1, 3, 2], 2.5], [[7], 7], [[10, 9, 8, 100], 9.5]])('the median of %j is %d', (values, median) => {
  expect(new Samples(values).median).toBe(median);
});

test('a series is shown as its median, and between which runs it lies', () => {
  expect(new Samples([450, 430, 520]).in(1000).toString()).toBe('0.45 (0.43 to 0.52)');
});

test('differences are taken within each round', () => {
  expect(differences([5, 9], [1, 2])).toEqual([4, 7]);
});

test('no samples are no median', () => {
  expect(() => new Samples([])).toThrow(new Error('No samples, got []; expected at least one run.'));
});
