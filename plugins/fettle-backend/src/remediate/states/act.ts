import { SourceError } from 'backstage-plugin-fettle-node';
import { unlessAborted } from '../plan/makePlan';
import { sha256 } from '../plan/sha256';
import type { StoredPlan } from '../../store/remediation/StoredPlan';
import { escalated, failed } from './ends';
import { nextAction, stageFrom } from './stages';
import {
  after,
  isTooLong,
  timesOutAt,
  type State,
  type StateContext,
} from './StateContext';

/** A step that waits for a person looks again at least this often. */
const AGAIN_SECONDS = 3600;
const LOCKED_SECONDS = 10;

/** Does the next action of a phase. */
export function act(phase: 'before' | 'opened' | 'merged'): State {
  const next = { before: 'open', opened: 'follow', merged: 'read' } as const;
  return async context => {
    const { remediation, plan, now } = context;
    const { progress, decisions } = remediation;
    const action = nextAction(plan, phase, progress);
    if (!action) {
      const stage = stageFrom(next[phase], plan, progress);
      return { stage, progress: begin(stage, now) };
    }
    const decision = decisions[action.stepId];
    if (decision && !decision.approved) {
      return failed(
        remediation,
        {
          code: 'refused',
          message: `${decision.actor} said no to '${action.summary}': ${decision.reason}`,
          action: 'Nothing has to be done.',
        },
        decision.actor,
      );
    }
    // One that may not be done twice is done by whoever wrote that it begins.
    const mine = `${action.key}:${remediation.fence}`;
    // One that goes on elsewhere is only looked at.
    const goesOn = action.key in (progress.waiting ?? {});
    if (!action.idempotent && !goesOn && progress.begun !== mine) {
      if (progress.begun?.startsWith(`${action.key}:`)) {
        return escalated({
          code: 'unknown-outcome',
          message: `The portal was stopped while it did '${action.summary}', which may not be done twice; whether it was done is not known.`,
          action: 'Look whether it was done, and retry if it was not.',
        });
      }
      return { progress: { begun: mine } };
    }
    const { id, repositoryId } = remediation;
    const { store } = context.services;
    // Whoever waits for a person leaves the repository to others.
    const hasLock =
      remediation.waitsFor === null ||
      (await store.takeLock(repositoryId, id, now));
    if (!hasLock) return { dueAt: after(now, LOCKED_SECONDS) };
    // Others may have changed it meanwhile: the plan is held against what is there now.
    if (remediation.waitsFor !== null && decision && isUntouched(remediation)) {
      return { stage: 'check', waitsFor: null };
    }
    const result = await perform(context, action);
    if (result.state === 'waiting') {
      const question =
        result.againSeconds === undefined && !decision ? result.message : null;
      const reason = {
        ...{ code: 'waiting', message: result.message },
        action: question === null ? 'Wait.' : 'Confirm it, or say no.',
      };
      const isNew = remediation.reason?.message !== result.message;
      if (question !== null && isTooLong(context)) {
        const unanswered = { ...reason, code: 'no-answer' };
        return isUntouched(remediation)
          ? escalated(unanswered)
          : failed(remediation, unanswered);
      }
      if (question !== null && isNew) {
        const { escalation } = context.services;
        const { escalateTo } = context.playbook.view;
        await escalation.tell(remediation, { escalateTo, reason });
      }
      const again = after(now, result.againSeconds ?? AGAIN_SECONDS);
      const end = timesOutAt(context);
      return {
        // It was not done yet, so it may be asked for again.
        progress: {
          ...{ begun: null, errors: 0 },
          ...(result.output !== undefined && {
            waiting: { ...progress.waiting, [action.key]: result.output },
          }),
        },
        waitsFor:
          question === null ? null : { stepId: action.stepId, question },
        ...(question !== null && isUntouched(remediation)
          ? { releaseLock: true as const }
          : {}),
        dueAt: question !== null && end < again ? end : again,
        reason,
        events: isNew
          ? [
              {
                event: 'waiting',
                message: result.message,
                stepId: action.stepId,
              },
            ]
          : [],
      };
    }
    const done = {
      ...progress.done,
      [action.key]: {
        ...{ message: result.message, url: result.url ?? null },
        output: result.output ?? null,
      },
    };
    const stage = stageFrom(phase, plan, { done });
    return {
      stage,
      progress: {
        ...{ done, begun: null, errors: 0, effectAt: now.toISOString() },
        ...begin(stage, now),
      },
      events: [
        {
          ...{ event: 'done', message: result.message },
          ...{ stepId: action.stepId, url: result.url ?? null },
        },
      ],
    };
  };
}

function isUntouched({ progress, change }: StateContext['remediation']) {
  return Object.keys(progress.done).length === 0 && change === null;
}

/** From when the target is given time. */
export function begin(stage: string, now: Date) {
  return stage === 'read' ? { settledFrom: now.toISOString() } : {};
}

async function perform(
  context: StateContext,
  action: StoredPlan['actions'][number] & { key: string },
) {
  const { remediation, playbook, plan, signal, now } = context;
  const loaded = playbook.steps.find(({ id }) => id === action.stepId);
  if (!loaded?.step.apply) {
    throw new SourceError(
      'invalid',
      `The step '${action.uses}' is not in this portal, or cannot do anything.`,
      'Add its module again, and plan anew.',
    );
  }
  const { host, repository, entities } = await context.place();
  await context.permit('apply-step', {
    ...{ step: action.stepId, summary: action.summary },
    ...{ before: action.before, after: action.after },
  });
  const { change, decisions, progress } = remediation;
  const output = progress.waiting?.[action.key];
  return unlessAborted(
    loaded.step.apply({
      parameters: loaded.parameters,
      ...{ repository, entities, host, signal, now },
      problems: plan.problems.map(({ id, ...problem }) => problem),
      playbook: {
        ...{ id: playbook.view.id, title: playbook.view.title },
        stepId: action.stepId,
      },
      input: action.input,
      idempotencyKey: sha256(`${remediation.id}:${action.key}`),
      ...(change && { change }),
      ...(decisions[action.stepId] && { decision: decisions[action.stepId] }),
      ...(output !== undefined && { output }),
    }),
    signal,
  );
}
