// Every process's first synth boots a template validator; `npm run check` runs it once, the tests do without.
process.env.CDK_VALIDATION ??= 'false';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// What starts the whole local cloud or a process again and again, or simulates days: `npm run test:long` runs these.
const LONG = [
  'test/cli/launcher\\.test',
  'test/cli/local/.*\\.test',
  'test/core/rate/(simulation|waiting)\\.test',
  'test/lambda/queue/processor\\.test',
  'test/local/(main|queued)\\.test',
  'test/proof/crash/main\\.test',
  'test/proof/fuzz/(campaign|found-local)\\.test',
  'test/proof/storm/.*-noticed\\.test',
];

// What needs a browser: see jest.browser.cjs.
const BROWSER = 'test/browser/';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // A test that hangs must end; how long one takes on a busy machine says nothing about the code.
  testTimeout: 60_000,
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [...LONG, BROWSER],
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
};
