/**
 * @typedef {object} Result
 * @property {number} passed
 * @property {number} failed
 */

/** What `jest --json` wrote. A file that could not be run is a failure. */
export function fromJest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
  };
}

/** What Playwright's json reporter wrote. A flaky test is a failure. */
export function fromPlaywright(report) {
  const { expected, unexpected, flaky } = report.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
  };
}

/** What node's tap reporter wrote. */
export function fromTap(text) {
  const count = name => {
    const found = new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text);
    if (!found) {
      throw new Error(`The report does not say how many are ${name}`);
    }
    return Number(found[1]);
  };
  return { passed: count('pass'), failed: count('fail') + count('cancelled') };
}

/**
 * The result of a suite whose process ended with this code. A process that
 * failed without a failed test (no report, an error after the last test) has
 * failed all the same.
 */
export function withExitCode(result, code) {
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

/** The last line of a test run. */
export function lastLine(results) {
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
