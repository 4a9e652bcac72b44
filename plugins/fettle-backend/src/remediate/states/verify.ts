import type { Transition } from '../../store/remediation/saveTransition';
import { readTarget, type Verdict } from '../verify/readTarget';
import { failed } from './ends';
import { after, type State, type StateContext } from './StateContext';

/** A reading that was asked for and did not come is asked for again after this. */
const ASK_AGAIN_SECONDS = 60;
/** What is no change of files may take a moment to be seen: one wrong reading is not believed. */
const WRONG_READINGS = 2;
const SOON_SECONDS = 10;

/** Reads the target again once it had its time. */
export const readAgain: State = async context => {
  const { remediation, playbook, now } = context;
  const { settledFrom, effectAt } = remediation.progress;
  const { settleSeconds } = playbook.view.verification;
  const settled = after(new Date(settledFrom ?? now), settleSeconds);
  if (settled > now) return { state: 'settling', dueAt: settled };
  const verdict = await readTarget(context, effectAt ?? settledFrom ?? '');
  switch (verdict.state) {
    case 'right':
      return hold(context, verdict);
    case 'wrong':
      return wrong(context, verdict);
    default:
      return ask(context, verdict);
  }
};

/** Reads it once more at the end of the hold time, and whenever something changed until then. */
export const holdOn: State = async context => {
  const { remediation, now } = context;
  const { holdUntil } = remediation.progress;
  const end = new Date(holdUntil ?? now);
  const verdict = await readTarget(
    context,
    end <= now ? end.toISOString() : remediation.stateSince,
  );
  if (verdict.state === 'wrong') return wrong(context, verdict);
  if (end > now) return { dueAt: end };
  return verdict.state === 'right' ? healed(verdict) : ask(context, verdict);
};

function hold({ playbook, now }: StateContext, verdict: Verdict): Transition {
  const { holdSeconds } = playbook.view.verification;
  if (holdSeconds === 0) return healed(verdict);
  const holdUntil = after(now, holdSeconds);
  return {
    ...{ state: 'verifying', stage: 'hold', dueAt: holdUntil },
    // Nothing is changed any more unless it turns out to be wrong.
    releaseLock: true,
    progress: {
      ...{ holdUntil: holdUntil.toISOString(), askedAt: null },
      ...{ wrong: 0, errors: 0 },
    },
    events: [{ event: 'verified', message: verdict.message }],
  };
}

function healed({ message }: Verdict): Transition {
  return {
    ...{ state: 'healed', breaker: { kind: 'healed' } },
    events: [{ event: 'healed', message }],
  };
}

function wrong(
  { remediation, plan, now }: StateContext,
  { message }: Verdict,
): Transition {
  const { progress } = remediation;
  const times = progress.wrong + 1;
  if (plan.edits.length === 0 && times < WRONG_READINGS) {
    return {
      progress: { wrong: times, askedAt: null },
      dueAt: after(now, SOON_SECONDS),
    };
  }
  return failed(remediation, {
    code: 'not-right',
    message,
    action: 'Look at what was done, and mend it by hand.',
  });
}

/** Not readable: it is asked for, until the time is up. */
async function ask(
  { remediation, playbook, services, now }: StateContext,
  { message }: Verdict,
): Promise<Transition> {
  const { progress, repositoryId, stage } = remediation;
  const { timeoutSeconds } = playbook.view.verification;
  const from = stage === 'hold' ? progress.holdUntil : progress.settledFrom;
  const end = after(new Date(from ?? remediation.createdAt), timeoutSeconds);
  if (end <= now) {
    const reason = {
      code: 'unverified',
      message: `Whether it is right could not be read in time. ${message}`,
      action: 'Look at the repository, and why it cannot be read.',
    };
    return {
      ...{ state: 'unverified', reason, breaker: { kind: 'ended' } },
      events: [{ event: 'unverified', message: reason.message }],
    };
  }
  const asked = progress.askedAt;
  const again =
    asked === null || after(new Date(asked), ASK_AGAIN_SECONDS) <= now;
  if (again) await services.readNow(repositoryId);
  const next = after(now, ASK_AGAIN_SECONDS);
  return {
    dueAt: next < end ? next : end,
    reason: { code: 'reading', message, action: 'It is read again.' },
    ...(again ? { progress: { askedAt: now.toISOString(), errors: 0 } } : {}),
  };
}
