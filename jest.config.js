// The suite runs twice: at the oldest supported aws-cdk-lib and constructs, and at the newest.
// JEST_CDK=floor or JEST_CDK=newest runs one of them.
const common = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // tsc checks the types (npm run typecheck); transpiling alone keeps the suite fast.
  transform: {
    '^.+\\.ts$': ['ts-jest', {
      diagnostics: false,
      tsconfig: { target: 'ES2022', module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0', esModuleInterop: true, resolveJsonModule: true, isolatedModules: true },
    }],
  },
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
      '/node_modules/', '<rootDir>/test/(bench|catalog|cli|live|policy|routing|scripts|stand-ins)/', '<rootDir>/test/handlers/', '/cdk-synth.test.ts', '<rootDir>/test/(api|house|regular-expressions).test.ts', '/bundled-app.test.ts',
      '<rootDir>/test/invoker/(any-event|bundle-size|bundles|sdk-wire-format|soak).test.ts',
    ],
    moduleNameMapper: { ...self, '^aws-cdk-lib(/.*)?$': '<rootDir>/node_modules/aws-cdk-lib-newest$1' },
  },
};
const chosen = process.env.JEST_CDK ? [process.env.JEST_CDK] : Object.keys(variants);

module.exports = { testTimeout: 60_000, projects: chosen.map((name) => variants[name]) };
