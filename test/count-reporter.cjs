// Writes the counts of a run to a file, for the closing line of .ci/run.
const { writeFileSync } = require('node:fs');

module.exports = class CountReporter {
  constructor(_config, { file }) {
    this.file = file;
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    writeFileSync(this.file, JSON.stringify({ numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }));
  }
};
