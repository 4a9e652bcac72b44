import type { Verdict } from 'backstage-plugin-fettle-common';

/**
 * Failures and warnings, the one worth most first. A failure comes before a
 * warning of the same worth.
 */
export function toFixFirst(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .sort(
      (a, b) =>
        b.worth - a.worth ||
        Number(b.status === 'fail') - Number(a.status === 'fail') ||
        a.check.title.localeCompare(b.check.title),
    );
}
