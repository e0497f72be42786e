import { register } from 'tsx/esm/api';

// The runner is TypeScript, and Stryker imports it here and, with the arguments below, in its workers.
register();

// What the tests of core read.
const COPIED = ['core', 'test', 'adapters', 'cli', 'console', 'lambda', 'local', 'docs'];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['./proof/mutation/plugins.ts'],
  testRunner: 'core',
  testRunnerNodeArgs: ['--import', 'tsx'],
  checkerNodeArgs: ['--import', 'tsx'],
  ignorers: ['sentences'],
  coverageAnalysis: 'perTest',
  mutate: ['core/**/*.ts'],
  ignorePatterns: ['**', ...COPIED.map((folder) => `!${folder}/**/*`), '!package.json'],
  tempDirName: '.stryker-tmp',
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 5000,
  timeoutFactor: 2,
  thresholds: { high: 95, low: 90, break: null },
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation.html' },
  allowConsoleColors: false,
  warnings: { slow: false },
};
