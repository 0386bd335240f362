import { nearestTests } from '../../scripts/quick/nearest-tests';

const TESTS = [
  'test/api.test.ts', 'test/house.test.ts', 'test/policy/scp-statements.test.ts', 'test/policy/scp-statements.properties.test.ts', 'test/policy/region-matrix.test.ts',
  'test/policy/scp.test.ts', 'test/examples/examples.test.ts', 'test/examples/cdk-synth.test.ts', 'test/scripts/stale.test.ts', 'test/cli/main.test.ts', 'test/handlers/invoke/http/retry.test.ts',
];
const OF_THE_WHOLE = ['test/api.test.ts', 'test/examples/examples.test.ts', 'test/house.test.ts'];

test.each<[string, string[], string[]]>([
  ['a source file: its own tests', ['src/policy/scp-statements.ts'], ['test/policy/scp-statements.properties.test.ts', 'test/policy/scp-statements.test.ts', ...OF_THE_WHOLE]],
  ['a source file without tests of its own: those of its folder', ['src/cli/colours.ts'], ['test/cli/main.test.ts', ...OF_THE_WHOLE]],
  ['a source file of a folder without tests', ['src/index.ts'], OF_THE_WHOLE],
  ['a test: itself', ['test/policy/scp.test.ts'], ['test/policy/scp.test.ts']],
  ['what tests share: the tests of its folder', ['test/handlers/invoke/http/server.ts'], ['test/handlers/invoke/http/retry.test.ts']],
  ['an example', ['examples/cost-tags/app.ts'], ['test/examples/cdk-synth.test.ts', 'test/examples/examples.test.ts']],
  ['a script', ['scripts/stale.mjs'], ['test/scripts/stale.test.ts']],
  ['a text', ['README.md', 'docs/house.md'], []],
  ['a test that is gone', ['test/policy/gone.test.ts'], ['test/policy/region-matrix.test.ts', 'test/policy/scp-statements.properties.test.ts', 'test/policy/scp-statements.test.ts', 'test/policy/scp.test.ts']],
  ['nothing', [], []],
])('%s', (_, changed, nearest) => {
  expect(nearestTests(changed, TESTS)).toEqual([...nearest].sort());
});
