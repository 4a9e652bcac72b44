import type { Transition } from '../../store/remediation/saveTransition';
import { validApprovals } from '../approve/approvals';
import { approvalsNeeded } from '../plan/Planner';
import { holdsFor } from '../plan/RecordingTree';
import { failed, recovered } from './ends';
import { stageFrom } from './stages';
import type { State, StateContext } from './StateContext';

/** Older than this, what a plan looked at besides files is looked at again. */
const FRESH_MS = 30_000;

/** Looks whether the problem is still there and whether the plan still holds, and plans anew where it does not. */
export const check: State = async context => {
  const { remediation, plan, playbook, services, signal } = context;
  if (playbook.view.level === 'observe') return onlyTold(context);
  const gone = await goneProblem(context);
  if (gone) return gone;
  if (lacksApprovals(context)) {
    return superseded(context, await planAnew(context), {
      message: 'Approvals of the plan ran out before it was applied.',
      action: 'Approve the new plan.',
    });
  }
  const target = await context.target();
  const commit = target.snapshot.head?.commit;
  if (commit && (await holds(context, commit))) return goOn(context, commit);

  const made = await services.planner.make(
    ...([playbook, plan.problems, target, signal] as const),
  );
  if (commit && made.hash === plan.hash && made.state === 'possible') {
    return goOn(context, commit);
  }
  if (made.state === 'empty') {
    return remediation.change
      ? failed(remediation, {
          code: 'superseded',
          message: 'There is nothing left to change.',
          action: 'Nothing has to be done.',
        })
      : recovered('There is nothing left to change.');
  }
  if (remediation.change) return withdraw(context);
  return superseded(context, await planAnew(context));
};

/** Set where nothing has to be done about it any more. */
async function goneProblem({
  remediation,
  plan,
  playbook,
  services,
}: StateContext): Promise<Transition | undefined> {
  if (plan.problems.length === 0 || remediation.change) return undefined;
  const seen = await services.problems.read(playbook, plan.repositoryId);
  if (!seen.inScope) {
    return failed(
      remediation,
      {
        code: 'out-of-scope',
        message: `The repository is not in the scope of '${playbook.view.title}' any more.`,
        action: 'Change the scope of the playbook if it should be.',
      },
      plan.requestedBy,
    );
  }
  if (seen.gap) return undefined;
  const there = new Set(seen.problems.map(({ key }) => key));
  return plan.problems.some(({ key }) => there.has(key))
    ? undefined
    : recovered('The problem was gone before anything was done about it.');
}

async function holds(
  { plan, playbook, now, target }: StateContext,
  commit: string,
): Promise<boolean> {
  if (plan.playbookDigest !== playbook.view.digest) return false;
  const age = now.getTime() - Date.parse(plan.checkedAt);
  // Of settings and branches nothing tells whether they are the same.
  if (plan.actions.length > 0 && age > FRESH_MS) return false;
  if (commit === plan.commit) return true;
  return holdsFor(plan.inputs, await (await target()).openTree());
}

async function goOn(
  { remediation, plan, services }: StateContext,
  commit: string,
): Promise<Transition> {
  const { progress } = remediation;
  const earlier = await services.store.countEarlier(remediation);
  return {
    stage: stageFrom('before', plan, progress),
    progress: { baseCommit: commit, nth: earlier + 1, errors: 0 },
  };
}

/** Its change is of another content than what would be right now. */
async function withdraw(context: StateContext): Promise<Transition> {
  const { remediation, signal } = context;
  const { change } = remediation;
  const { host, repository } = await context.place();
  await context.permit('close-change', {
    ...{ branch: change!.branch, after: 'closed' },
  });
  const closed = await host.changes!.close(
    repository,
    {
      ...{ branch: change!.branch, id: change!.id },
      comment: 'The repository moved: what is to be changed is planned anew.',
    },
    { signal },
  );
  const id = await planAnew(context);
  return { ...(await superseded(context, id)), change: closed };
}

/** Its playbook was lowered since: it says what it would do, and does nothing. */
function onlyTold({ remediation, playbook }: StateContext): Transition {
  const reason = {
    code: 'observes',
    message: `'${playbook.view.title}' only says what it would do since its level was lowered.`,
    action: "Raise its level to 'propose' or 'enforce' to have it applied.",
  };
  const acted =
    remediation.change !== null ||
    Object.keys(remediation.progress.done).length > 0;
  if (acted) return failed(remediation, reason);
  return {
    ...{ state: 'cancelled', reason, breaker: { kind: 'ended' } },
    events: [{ event: 'cancelled', message: reason.message }],
  };
}

/** It may have been held back for longer than what people said counts. */
function lacksApprovals({ remediation, plan, now }: StateContext): boolean {
  const untouched =
    remediation.change === null &&
    Object.keys(remediation.progress.done).length === 0;
  return untouched && validApprovals(plan, now).length < plan.approvalsNeeded;
}

/** The id of the plan as it is now. */
async function planAnew(context: StateContext): Promise<string> {
  const { services, playbook, plan, signal } = context;
  const { repositoryId, problems, requestedBy, campaignId } = plan;
  const { id } = await services.planner.plan(
    {
      ...{ playbook, repositoryId, problems, requestedBy, campaignId },
      leastApprovals: leastApprovals(context),
    },
    signal,
  );
  return id;
}

/** An agent's plan needs more than its playbook asks for, and so does the one in its place. */
function leastApprovals({ plan, playbook }: StateContext): number {
  const { approvalsNeeded: needed } = plan;
  return needed > approvalsNeeded(playbook, plan) ? needed : 0;
}

/** Fettle goes on with a new plan that needs nobody's word; all others have to be applied anew. */
async function superseded(
  { remediation, services }: StateContext,
  planId: string,
  why = {
    message: 'The repository moved, and the plan is another one now.',
    action: 'Approve or apply the new plan.',
  },
): Promise<Transition> {
  const next = await services.store.getPlan(planId);
  const told = { event: 'superseded', message: why.message };
  const reason = {
    ...{ code: 'superseded', action: why.action },
    message: `${why.message} Look at the new one.`,
  };
  if (
    next?.state === 'ready' &&
    remediation.startedBy === 'fettle' &&
    remediation.campaignId === null &&
    // What a person answered was about the plan of before.
    Object.keys(remediation.decisions).length === 0
  ) {
    return {
      // What it would write is another thing, which limits are asked about again.
      ...{ stage: 'admit', plan: next, releaseLock: true, events: [told] },
      progress: { errors: 0, looks: 0 },
    };
  }
  if (next?.state === 'impossible')
    return failed(remediation, next.obstacles[0]);
  return {
    ...{ state: 'cancelled', reason, isOutcome: false, events: [told] },
    supersededBy: planId,
    breaker: { kind: 'ended' },
  };
}
