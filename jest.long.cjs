const { testMatch: _every, testPathIgnorePatterns, ...base } = require('./jest.config.cjs');

// What `npm test` leaves out: see there.
/** @type {import('jest').Config} */
module.exports = { ...base, testRegex: testPathIgnorePatterns };
