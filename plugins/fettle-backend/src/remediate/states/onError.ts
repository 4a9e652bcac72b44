import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { Transition } from '../../store/remediation/saveTransition';
import type { StoredRemediation } from '../../store/remediation/StoredRemediation';
import { escalated, failed } from './ends';
import { after } from './StateContext';

/** Errors that asking again does not mend. */
const LASTING = [
  'unauthorized',
  'not-found',
  'invalid',
  'too-large',
  'corrupt',
];
const MOST_TRIES = 8;
const FIRST_SECONDS = 2;
const LONGEST_SECONDS = 300;

/** What a transition that failed makes of a remediation: it is tried again, or taken back. */
export function onError(
  remediation: StoredRemediation,
  error: unknown,
  {
    now,
    timedOut,
    logger,
  }: { now: Date; timedOut: boolean; logger: LoggerService },
): Transition {
  const reason = reasonOf(remediation, error, timedOut);
  const { stage, progress } = remediation;
  if (!(error instanceof SourceError) && !timedOut) {
    logger.warn(reason.message, error as Error);
  }
  // The base moved under the change: the plan may not hold any more.
  if (reason.code === 'moved' && ['open', 'follow'].includes(stage)) {
    const next = stage === 'open' ? 'check' : 'follow';
    return tryAgain(next);
  }
  const reading = stage === 'read' || stage === 'hold';
  // What has no answer until its time is up is unverified, which reading says.
  if (reading) return { ...tryAgain(stage), progress: {} };
  const once = progress.begun !== null;
  if (!once && !LASTING.includes(reason.code) && progress.errors < MOST_TRIES) {
    return tryAgain(stage);
  }
  if (once) {
    return escalated({
      ...{ code: reason.code, action: reason.action },
      message: `What may not be done twice failed, and whether it had an effect is not known: ${reason.message}`,
    });
  }
  if (stage === 'roll-back') {
    return escalated({
      ...reason,
      message: `It could not be taken back: ${reason.message}`,
    });
  }
  return failed(remediation, reason);

  function tryAgain(next: StoredRemediation['stage']): Transition {
    const seconds = Math.min(
      LONGEST_SECONDS,
      FIRST_SECONDS * 2 ** progress.errors,
    );
    return {
      ...{ stage: next, reason, dueAt: after(now, seconds) },
      progress: { errors: progress.errors + 1 },
      events:
        remediation.reason?.message === reason.message
          ? []
          : [{ event: 'delayed', message: reason.message }],
    };
  }
}

function reasonOf(
  { title }: StoredRemediation,
  error: unknown,
  timedOut: boolean,
) {
  if (timedOut) {
    return {
      code: 'timeout',
      message: `'${title}' took too long, and is tried again.`,
      action: 'Look at the host, or at the step.',
    };
  }
  if (error instanceof SourceError) return error.toReason();
  return {
    code: 'failed',
    message: `'${title}' failed: ${
      error instanceof Error ? error.message : error
    }`,
    action: 'See the log of the backend.',
  };
}
