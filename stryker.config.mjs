// npm run test:mutation [-- --mutate 'src/policy/*.ts'], nightly: does a test fail for every change to the pure layers, the constructs and the handlers?
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'scripts/jest.mutation.config.js' },
  coverageAnalysis: 'perTest',
  // The tables are data: tests compare them, whole, with an independent copy.
  mutate: ['src/**/*.ts', '!src/{cli,live}/**', '!src/**/*.lambda.ts', '!src/index.ts'],
  // What runs while a module loads builds those tables, and is not worth a whole run for each mutant.
  ignoreStatic: true,
  concurrency: 2,
  // A mutant that is slow because the machine is busy is none that a test has found.
  timeoutMS: 60_000,
  // Jest leaks a little with each run in one process: after a hundred, collecting garbage takes most of the time.
  maxTestRunnerReuse: 20,
  ignorePatterns: ['/lib', '/dist', '/docs', '/bench', '/.venv', '/.bench', '/test-reports', '*.tgz'],
  tempDirName: '.bench/stryker',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false },
  thresholds: { high: 95, low: 92, break: 92 },
};
