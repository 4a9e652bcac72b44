import type { Run } from 'backstage-plugin-fettle-common';
import type { RunListQuery } from './RunListQuery';

/** As the backend orders them: clocks may differ by this much. */
const AHEAD_MS = 60_000;

/** When a run began to exist; a time that its host gives in the future is not believed. */
function placeOf({ queuedAt, startedAt, seenAt }: Run): number {
  const seen = Date.parse(seenAt);
  const told = Date.parse(queuedAt ?? startedAt ?? seenAt);
  return told <= seen + AHEAD_MS ? told : seen;
}

/** Newest first. */
export function compareRuns(a: Run, b: Run): number {
  return placeOf(b) - placeOf(a) || (a.id < b.id ? 1 : -1);
}

function allows(values: readonly string[] | undefined, value: string | null) {
  return !values || (value !== null && values.includes(value));
}

/** Whether a run belongs to a list, as far as its filters say. */
export function matchesFilter(run: Run, query: RunListQuery): boolean {
  return (
    allows(query.branch, run.branch) &&
    allows(query.pipeline, run.pipeline.id) &&
    allows(query.state, run.state) &&
    allows(query.event, run.event)
  );
}
