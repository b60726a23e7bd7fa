/** Several packages on our path (jose, aws-amplify, …) ship ES modules only; Jest runs CommonJS, so those are transformed too. */
const esmOnly = ['jose'];

const { availableParallelism } = require('node:os');

module.exports = {
  testEnvironment: 'node',
  // Many tests wait for processes they have started: two at a time take little more than half as long, on two processors too.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/offline.cjs'],
  transform: { '^.+\\.(ts|m?js)$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdk.out'],
  // A limit for what hangs, not for what is slow: machines that do other work take several times as long.
  testTimeout: 120_000,
  // Continuous integration reads the counts from this file.
  ...(process.env.JEST_RESULTS ? { reporters: ['default', ['<rootDir>/test/count-reporter.cjs', { file: process.env.JEST_RESULTS }]] } : {}),
};
