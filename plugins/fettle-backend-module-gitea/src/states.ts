import type { RunState } from 'backstage-plugin-fettle-common';

interface State {
  state: RunState;
  /** The host's own word, where `state` does not say it all. */
  hostState?: string;
}

/** Gitea's statuses of what has not completed. */
const OPEN: Record<string, RunState> = {
  queued: 'queued',
  requested: 'queued',
  // For other jobs.
  pending: 'queued',
  // For someone to allow it.
  waiting: 'waiting',
  in_progress: 'running',
};

/** Gitea's conclusions. */
const DONE: Record<string, RunState> = {
  success: 'succeeded',
  failure: 'failed',
  timed_out: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  neutral: 'succeeded',
  action_required: 'waiting',
};

/** Forgejo has one word for both. */
const WORDS: Record<string, RunState> = {
  // For a runner.
  waiting: 'queued',
  // For other jobs.
  blocked: 'queued',
  running: 'running',
  success: 'succeeded',
  failure: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
};

const PLAIN = new Set([
  ...['success', 'failure', 'cancelled', 'skipped'],
  ...['queued', 'in_progress', 'waiting', 'running'],
]);

/** A state by Gitea's status and conclusion. */
export function stateOf(
  status: string | null | undefined,
  conclusion: string | null | undefined,
): State {
  return status === 'completed'
    ? byWord(conclusion, DONE)
    : byWord(status, OPEN);
}

/** A state by Forgejo's word. */
export function stateOfWord(
  word: string | null | undefined,
  needsApproval = false,
): State {
  const found = byWord(word, WORDS);
  return needsApproval && found.state === 'queued'
    ? { state: 'waiting', hostState: found.hostState }
    : found;
}

function byWord(
  given: string | null | undefined,
  words: Record<string, RunState>,
): State {
  const word = given || 'none';
  const state = Object.hasOwn(words, word) ? words[word] : 'unknown';
  return PLAIN.has(word) && state !== 'unknown'
    ? { state }
    : { state, hostState: word.slice(0, 100) };
}
