// The suite runs twice: at the oldest supported aws-cdk-lib and constructs, and at the newest.
// JEST_CDK=floor or JEST_CDK=newest runs one of them.
const { availableParallelism } = require('node:os');

const common = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/scripts/jest-transform.js' },
  clearMocks: true,
  setupFiles: ['<rootDir>/test/setup.ts'],
  modulePathIgnorePatterns: ['<rootDir>/lib', '<rootDir>/dist', '<rootDir>/.bench', 'cdk.out'],
};
const self = { '^cdk-bedrock-haiku$': '<rootDir>/src' };

const variants = {
  floor: {
    ...common,
    displayName: 'floor',
    moduleNameMapper: { ...self, '^constructs$': '<rootDir>/node_modules/constructs-floor' },
  },
  newest: {
    ...common,
    displayName: 'newest',
    // What knows no CDK runs once.
    testPathIgnorePatterns: [
      '/node_modules/', '<rootDir>/test/(bench|catalog|cli|handlers|iam|live|policy|routing|scripts|stand-ins)/', '/cdk-synth.test.ts',
      '<rootDir>/test/(api|bundled-app|house|regular-expressions|organization/caller|wording/messages).test.ts', '<rootDir>/test/template/deployed-template',
      '<rootDir>/test/invoker/(any-event|bundle-files|bundle-size|bundles|request-never-logged|sdk-wire-format|soak).test.ts',
    ],
    moduleNameMapper: { ...self, '^aws-cdk-lib(/.*)?$': '<rootDir>/node_modules/aws-cdk-lib-newest$1' },
  },
};
const chosen = process.env.JEST_CDK ? [process.env.JEST_CDK] : Object.keys(variants);

// Jest would leave one core to others, and tests that wait for a process or a timer leave one to those that compute.
module.exports = { maxWorkers: availableParallelism() + 1, testTimeout: 60_000, projects: chosen.map((name) => variants[name]) };
