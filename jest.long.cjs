const { testMatch: _every, testPathIgnorePatterns, ...base } = require('./jest.config.cjs');

// What `npm test` leaves out, but for what needs a browser: see there.
/** @type {import('jest').Config} */
module.exports = { ...base, testRegex: testPathIgnorePatterns.filter((pattern) => pattern !== 'test/browser/') };
