// The checks that run real tools: too slow for `npm test`, and each its own npm script (npm run test:deploy, ...).
const { projects } = require('../jest.config');

module.exports = {
  ...projects.find(({ displayName }) => displayName === 'newest'),
  displayName: 'tools',
  testMatch: ['<rootDir>/scripts/test-*.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 900_000,
};
