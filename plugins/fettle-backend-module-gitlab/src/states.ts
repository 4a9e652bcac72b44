import type { RunState } from 'backstage-plugin-fettle-common';

/** GitLab's statuses of pipelines and jobs. */
const STATES: Record<string, RunState> = {
  created: 'queued',
  preparing: 'queued',
  pending: 'queued',
  waiting_for_resource: 'queued',
  running: 'running',
  // The job's script may still clean up.
  canceling: 'running',
  // A job in another system goes on.
  waiting_for_callback: 'running',
  success: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
  skipped: 'skipped',
  // For someone.
  manual: 'waiting',
  // For its time.
  scheduled: 'waiting',
};
const PLAIN = new Set([
  'success',
  'failed',
  'canceled',
  'skipped',
  'running',
  'pending',
]);

/** A state, and the host's own word where it does not say it all. */
export function stateOf(status: string | null | undefined): {
  state: RunState;
  hostState?: string;
} {
  const word = status || 'none';
  const state = Object.hasOwn(STATES, word) ? STATES[word] : 'unknown';
  return PLAIN.has(word) ? { state } : { state, hostState: word.slice(0, 100) };
}

export function isOver(state: RunState): boolean {
  return ['succeeded', 'failed', 'cancelled', 'skipped'].includes(state);
}
