// What kills mutants: the tests of the pure layers, once, at the floor.
const { projects } = require('../jest.config');

module.exports = {
  ...projects.find(({ displayName }) => displayName === 'floor'),
  testMatch: ['<rootDir>/test/{catalog,routing,policy}/**/*.test.ts'],
};
