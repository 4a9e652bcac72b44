import type { RunState } from 'backstage-plugin-fettle-common';

/** GitHub's statuses of what has not completed. */
const OPEN: Record<string, RunState> = {
  queued: 'queued',
  requested: 'queued',
  pending: 'queued',
  waiting: 'waiting',
  in_progress: 'running',
};

/** GitHub's conclusions; those that do not say it all are kept as its word. */
const DONE: Record<string, RunState> = {
  success: 'succeeded',
  neutral: 'succeeded',
  failure: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
  cancelled: 'cancelled',
  stale: 'cancelled',
  skipped: 'skipped',
  action_required: 'waiting',
};

const PLAIN = new Set([
  'success',
  'failure',
  'cancelled',
  'skipped',
  'queued',
  'in_progress',
  'waiting',
]);

/** A state by GitHub's status and conclusion. */
export function stateOf(
  status: string | null | undefined,
  conclusion: string | null | undefined,
): { state: RunState; hostState?: string } {
  const word = (status === 'completed' ? conclusion : status) ?? 'none';
  const state = (status === 'completed' ? DONE : OPEN)[word] ?? 'unknown';
  return PLAIN.has(word) ? { state } : { state, hostState: word.slice(0, 100) };
}
