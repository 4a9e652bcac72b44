import type { Reason } from 'backstage-plugin-fettle-common';
import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type { Transition } from '../../store/remediation/saveTransition';
import { begin } from './act';
import { escalated, failed } from './ends';
import { isGreen, seeChange } from './seeChange';
import { stageFrom } from './stages';
import {
  after,
  isTooLong,
  type State,
  type StateContext,
} from './StateContext';

const FIRST_LOOK_SECONDS = 2;
const SLOWER = 1.5;
const LAST_LOOK_SECONDS = 300;
/** A change that conflicts again and again is not planned anew for ever. */
const MOST_CONFLICTS = 5;

/** Looks how the change stands, and merges it where the playbook may. */
export const followChange: State = async context => {
  const { remediation } = context;
  const change = await seeChange(context, remediation.change!.branch);
  if (!change) return closed({ ...remediation.change!, state: 'closed' });
  if (change.state === 'merged') return merged(context, change);
  if (change.state === 'closed') return closed(change);
  if (change.edited) return edited(context, change);
  if (change.mergeable === false) return conflicts(context, change);
  if (change.checks === 'failed') return checksFailed(context, change);
  if (await mayMerge(context, change)) return merge(context, change);
  return waitOn(context, change);
};

/** In force: what comes next is proved by reading the target again. */
function merged(
  { remediation, plan, now }: StateContext,
  change: ProposedChange,
): Transition {
  const byUs = change.endedByUs === true;
  const stage = stageFrom('merged', plan, remediation.progress);
  return {
    ...{ stage, change, state: stage === 'read' ? 'settling' : 'applying' },
    ...(byUs ? {} : { personActed: true }),
    progress: {
      ...{ mergeCommit: change.mergeCommit ?? null, errors: 0 },
      ...{
        effectAt: change.endedAt ?? now.toISOString(),
        ...begin(stage, now),
      },
    },
    events: [
      {
        event: 'merged',
        message: byUs
          ? 'Merged the change.'
          : `${change.endedBy ?? 'Someone'} merged the change.`,
        url: change.url ?? null,
      },
    ],
  };
}

/** A person said no: it counts against the playbook, and the same is not opened again. */
function closed(change: ProposedChange): Transition {
  const actor = change.endedBy ?? null;
  const reason = {
    code: 'closed',
    message: `${actor ?? 'Someone'} closed the change.`,
    action: 'It is proposed again when its content differs.',
  };
  return {
    ...{ state: 'cancelled', reason, change, personActed: true },
    closed: { actor, url: change.url ?? null },
    breaker: { kind: 'failed', reason },
    events: [
      { event: 'closed', message: reason.message, url: change.url ?? null },
    ],
  };
}

/** Someone works on its branch: it is theirs, and only looked at. */
function edited(context: StateContext, change: ProposedChange): Transition {
  const reason = {
    code: 'edited',
    message: 'Someone edits the change, so Fettle does not touch it any more.',
    action: 'Merge it or close it.',
  };
  if (isTooLong(context)) return { ...escalated(reason), change };
  return { ...waitOn(context, change, reason), personActed: true };
}

function conflicts(context: StateContext, change: ProposedChange): Transition {
  const { progress } = context.remediation;
  const conflictsSoFar = progress.conflicts + 1;
  if (conflictsSoFar > MOST_CONFLICTS) {
    return giveUp(context, change, {
      code: 'conflict',
      message: `The change conflicted with its base ${MOST_CONFLICTS} times.`,
      action: 'Make it by hand, or plan anew.',
    });
  }
  return {
    ...{ state: 'applying', stage: 'check', change },
    progress: { conflicts: conflictsSoFar },
    events: [
      {
        event: 'conflict',
        message: 'The change conflicts with its base: it is planned anew.',
      },
    ],
  };
}

async function checksFailed(
  context: StateContext,
  change: ProposedChange,
): Promise<Transition> {
  const { remediation, playbook, services } = context;
  const reason = {
    code: 'checks-failed',
    message: 'The checks of the change failed.',
    action: 'Look at its run.',
  };
  if (playbook.view.level === 'enforce') {
    return { ...failed({ ...remediation, change }, reason), change };
  }
  if (isTooLong(context)) return giveUp(context, change, reason);
  if (!remediation.progress.toldChecks) {
    const { escalateTo } = playbook.view;
    await services.escalation.tell(remediation, { escalateTo, reason });
  }
  const waiting = waitOn(context, change, reason);
  return { ...waiting, progress: { ...waiting.progress, toldChecks: true } };
}

/** Green, and nobody says no. */
async function mayMerge(
  context: StateContext,
  change: ProposedChange,
): Promise<boolean> {
  if (context.playbook.view.level !== 'enforce') return false;
  if (change.review === 'changes-requested') return false;
  return isGreen(context, change);
}

async function merge(
  context: StateContext,
  change: ProposedChange,
): Promise<Transition> {
  const { signal } = context;
  const { branch, id, headCommit } = change;
  const { host, repository } = await context.place();
  await context.permit('merge-change', {
    ...{ branch, headCommit, after: 'merged' },
  });
  const done = await host.changes!.merge(
    ...([repository, { branch, id, headCommit }, { signal }] as const),
  );
  // A host that has no checks of its own does not tell for which it was merged.
  const checks = done.checks === 'unknown' ? change.checks : done.checks;
  return merged(context, { ...done, checks });
}

/** What Fettle was to merge is closed again; what a person was to merge stays theirs. */
function giveUp(
  { remediation, playbook }: StateContext,
  change: ProposedChange,
  reason: Reason,
): Transition {
  const given =
    playbook.view.level === 'enforce'
      ? failed({ ...remediation, change }, reason)
      : escalated(reason);
  return { ...given, change };
}

function waitOn(
  context: StateContext,
  change: ProposedChange,
  told?: Transition['reason'],
): Transition {
  const { remediation, playbook, now } = context;
  const { looks } = remediation.progress;
  const reason = told ?? waitReason(playbook.view.level, change);
  if (!told && isTooLong(context)) {
    return giveUp(context, change, { ...reason, code: 'stuck' });
  }
  const seconds = Math.min(
    LAST_LOOK_SECONDS,
    FIRST_LOOK_SECONDS * SLOWER ** Math.min(looks, 30),
  );
  return {
    ...{ state: 'open', reason, change, dueAt: after(now, seconds) },
    progress: { looks: looks + 1, errors: 0 },
    events:
      told && remediation.reason?.code !== told.code
        ? [{ event: told.code, message: told.message, url: change.url ?? null }]
        : [],
  };
}

function waitReason(level: string, { checks, review }: ProposedChange) {
  if (level !== 'enforce') {
    return {
      code: 'open',
      message: 'The change waits for a person.',
      action: 'Review and merge it, or close it.',
    };
  }
  return review === 'changes-requested'
    ? {
        code: 'review',
        message: 'A reviewer wants changes.',
        action: 'Merge it by hand, or close it.',
      }
    : {
        code: 'checks',
        message: `The checks of the change are ${
          checks === 'none' ? 'not there yet' : checks
        }.`,
        action:
          checks === 'none'
            ? 'Wait for them. Where its CI tells Fettle nothing, connect it, or merge by hand.'
            : 'Wait for them.',
      };
}
