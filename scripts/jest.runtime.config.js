// npm run test:runtime: the tests that can run under the real Lambda runtime client, wherever they are.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { projects } = require('../jest.config');

const TEST = join(__dirname, '..', 'test');

module.exports = {
  ...projects.find(({ displayName }) => displayName === 'floor'),
  displayName: 'runtime',
  testMatch: readdirSync(TEST, { recursive: true })
    .filter((file) => file.endsWith('.test.ts') && readFileSync(join(TEST, file), 'utf8').includes('findRic()'))
    .map((file) => `<rootDir>/test/${file}`),
};
