import { FAILURE_RULES, type FailureRule } from './failureRules';

const MOST_LINES = 2_000;
const MOST_LENGTH = 2_000;

/**
 * Why a job failed, by the end of its log; undefined where no line says so. What
 * is the fault of the code wins: a test that fails may well print that a
 * connection broke.
 */
export function classifyLog(text: string): FailureRule['cause'] | undefined {
  const lines = text
    .split('\n')
    .slice(-MOST_LINES)
    .map(line => line.slice(0, MOST_LENGTH).toLowerCase());
  let last: FailureRule['cause'] | undefined;
  for (const line of lines) {
    for (const { cause, has, not = [] } of FAILURE_RULES) {
      if (!has.every(part => line.includes(part))) continue;
      if (not.some(part => line.includes(part))) continue;
      if (cause === 'fault') return 'fault';
      last = cause;
    }
  }
  return last;
}
