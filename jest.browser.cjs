const { transform } = require('./jest.config.cjs');

// The console in a real browser: `npm run test:browser`. Each file has a browser of its own.
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 60_000,
  maxWorkers: 2,
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/browser/needs-a-browser.ts',
  transform,
};
