import { dirname, join } from 'node:path';

/** What a change in src/ breaks elsewhere most often: the order of the folders, the API, the templates of the examples. */
const OF_THE_WHOLE = ['test/house.test.ts', 'test/api.test.ts', 'test/examples/examples.test.ts'];

/** The tests that are nearest to changed files: test/ has the folders of src/, and its files their names. */
export function nearestTests(changed: string[], tests: string[]): string[] {
  const nearest = changed.flatMap((file) => testsOf(file, tests));
  const whole = changed.some((file) => file.startsWith('src/')) ? OF_THE_WHOLE : [];
  return [...new Set([...nearest, ...whole])].sort();
}

function testsOf(file: string, tests: string[]): string[] {
  if (tests.includes(file)) return [file];
  if (file.startsWith('examples/')) return tests.filter((test) => test.startsWith('test/examples/'));
  const place = file.startsWith('test/') ? file : join('test', file.replace(/^src\//, ''));
  const stem = place.replace(/(\.lambda)?\.[^./]+$/, '.');
  const own = tests.filter((test) => test.startsWith(stem));
  // One without tests of its own is tested by its folder's.
  return own.length > 0 ? own : tests.filter((test) => dirname(test) === dirname(place) && dirname(test) !== 'test');
}
