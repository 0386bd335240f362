// What kills mutants, once, at the floor: every test but those that start processes or load bundles, which hold no mutant.
const { projects } = require('../jest.config');

module.exports = {
  ...projects.find(({ displayName }) => displayName === 'floor'),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/', '<rootDir>/test/(bench|cli|examples|live|peers|scripts)/', '<rootDir>/test/(api|determinism).test.ts',
    '<rootDir>/test/invoker/(any-event|bundle-size|bundles|sdk-wire-format|soak).test.ts', '<rootDir>/test/stand-ins/[^/]*.test.ts',
  ],
};
