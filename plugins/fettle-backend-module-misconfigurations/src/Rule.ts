import type { Severity } from 'backstage-plugin-fettle-common';
import type { FindingReport } from 'backstage-plugin-fettle-node';

/** One place where a rule is broken. */
export interface Hit {
  /** First line is 1. */
  line: number;
  /** What it is, not where it stands: lines move. */
  key: string;
  message: string;
  severity?: Severity;
  /** Default true. */
  certain?: boolean;
}

/** A dangerous setting. Another is a file beside these, and a line in the list of its scanner. */
export interface Rule<T> {
  id: string;
  title: string;
  severity: Severity;
  /** Why it matters. */
  why: string;
  /** What to do, in the imperative. */
  fix: string;
  references: string[];
  check(subject: T): Hit[];
}

/** What a rule finds in a file, as a scanner reports it. */
export function toReports<T>(
  rule: Rule<T>,
  subject: T,
  path: string,
): FindingReport[] {
  return rule.check(subject).map(({ line, key, message, ...hit }) => ({
    kind: 'misconfiguration',
    rule: rule.id,
    title: rule.title,
    severity: hit.severity ?? rule.severity,
    ...{ path, line, message },
    keys: [`${rule.id}:${key}`.slice(0, 300)],
    description: rule.why,
    fix: rule.fix,
    references: rule.references,
    certain: hit.certain ?? true,
  }));
}
