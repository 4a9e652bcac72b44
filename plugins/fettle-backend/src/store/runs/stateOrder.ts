import { isFinished, type RunState } from 'backstage-plugin-fettle-common';

/** How far on a state is: of two reports of the same moment the further one stands. */
const ORDER: Record<RunState, number> = {
  unknown: 0,
  queued: 1,
  waiting: 2,
  running: 3,
  skipped: 4,
  cancelled: 5,
  succeeded: 6,
  failed: 7,
};

/** What is known of a run or job, or what a report says of it. */
export interface Standing {
  state: RunState;
  /** ISO 8601, UTC; null where nobody said when. */
  at: string | null;
}

/**
 * Whether a report stands over what is stored. It does not depend on the order
 * in which reports come: what has finished stays finished, the later moment
 * counts, then the state that is further on.
 *
 * @param mayReopen - what has finished can be begun again, and a later moment says so
 */
export function standsOver(
  report: Standing,
  stored: Standing,
  mayReopen = false,
): boolean {
  const over = isFinished(report.state);
  const was = isFinished(stored.state);
  if (over !== was && !mayReopen) return over;
  const [later, earlier] = [report.at ?? '', stored.at ?? ''];
  if (later !== earlier) return later > earlier;
  return ORDER[report.state] >= ORDER[stored.state];
}

/** ISO 8601 in UTC; null for what is no time. */
export function utc(time: string | undefined): string | null {
  if (time === undefined) return null;
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? null : parsed.toISOString();
}

/** Ms from one time to another; null where one is missing or clocks disagree. */
export function between(from: string | null, to: string | null): number | null {
  if (!from || !to) return null;
  const ms = Date.parse(to) - Date.parse(from);
  // More than a column of four bytes holds is no duration of a run (24 days).
  return ms >= 0 && ms < 2 ** 31 ? ms : null;
}
