import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fromJest,
  fromPlaywright,
  fromTap,
  lastLine,
  withExitCode,
} from './results.mjs';

test('a test file that does not run is a failure', () => {
  assert.deepEqual(
    fromJest({
      numPassedTests: 7,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 2,
    }),
    { passed: 7, failed: 3 },
  );
});

test('a flaky browser test and an error outside of tests are failures', () => {
  assert.deepEqual(
    fromPlaywright({
      stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 },
      errors: [{ message: 'setup' }],
    }),
    { passed: 3, failed: 3 },
  );
});

test('a cancelled test is a failure, and a report without counts is refused', () => {
  assert.deepEqual(
    fromTap('1..2\n# tests 9\n# pass 5\n# fail 3\n# cancelled 1\n'),
    { passed: 5, failed: 4 },
  );
  assert.throws(() => fromTap('TAP version 13\n'), /how many are pass/);
});

test('a runner that fails without a failed test has failed', () => {
  assert.equal(withExitCode({ passed: 3, failed: 0 }, 1).failed, 1);
  assert.equal(withExitCode({ passed: 3, failed: 2 }, 1).failed, 2);
  assert.equal(withExitCode({ passed: 3, failed: 0 }, 0).failed, 0);
});

test('the last line is the sum over the suites', () => {
  assert.equal(
    lastLine([
      { passed: 3, failed: 0 },
      { passed: 4, failed: 1 },
    ]),
    '7 passed, 1 failed',
  );
});
