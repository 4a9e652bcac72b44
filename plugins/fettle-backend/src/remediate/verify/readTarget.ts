import { problemName } from '../../playbooks/PlaybookNumbers';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import type { PlanProblem } from '../../store/remediation/StoredPlan';
import { mendedBy } from '../../store/remediation/unmended';
import { canonicalJson } from '../plan/canonicalJson';
import { unlessAborted } from '../plan/makePlan';
import type { StoredAction } from '../plan/MadePlan';
import type { StateContext } from '../states/StateContext';
import { tellOfUnmended } from './tellOfUnmended';
import { mends } from './toldOnly';

/** What the target says, read again. */
export interface Verdict {
  state: 'right' | 'wrong' | 'unknown';
  message: string;
}

/**
 * Reads the target: the problems that the plan mends, as their trigger sees
 * them now, and whatever steps can read themselves. Where neither says
 * anything, a new plan does: one with nothing left to do is right. The first
 * reading that is right tells people of the problems that are left.
 *
 * @param since - what was read before it says nothing of what was done then
 */
export async function readTarget(
  context: StateContext,
  since: string,
): Promise<Verdict> {
  const { remediation, plan, playbook } = context;
  const verdicts: Verdict[] = [];
  const asked = mendedBy(plan);
  if (asked.length > 0) {
    verdicts.push(await readProblems(context, asked, since));
  }
  const verifying = playbook.steps.filter(({ step }) => step.verify);
  // A stored reading that says no needs no further question.
  if (verdicts.every(({ state }) => state === 'right')) {
    for (const { id, step, parameters } of verifying) {
      const { signal, now } = context;
      const { repository, entities, host, snapshot, lookups, openTree } =
        await context.target();
      if (!snapshot.head) continue;
      const { title } = playbook.view;
      verdicts.push(
        await unlessAborted(
          step.verify!({
            ...{ parameters, repository, entities, host, snapshot },
            ...{ ...lookups, tree: await openTree(), signal, now },
            problems: plan.problems.map(stripId),
            playbook: { id: playbook.view.id, title, stepId: id },
          }),
          signal,
        ),
      );
    }
  }
  if (verdicts.length === 0) verdicts.push(await planAgain(context));
  const verdict =
    verdicts.find(({ state }) => state === 'wrong') ??
    verdicts.find(({ state }) => state === 'unknown') ??
    verdicts[0];
  const isFirst = remediation.stage === 'read';
  if (verdict.state === 'right' && isFirst) await tellOfUnmended(context);
  return verdict;
}

async function readProblems(
  { remediation, plan, playbook, services, target }: StateContext,
  asked: readonly PlanProblem[],
  since: string,
): Promise<Verdict> {
  const read = () => services.problems.read(playbook, plan.repositoryId);
  let seen = await read();
  const keys = new Set(seen.problems.map(({ key }) => key));
  const mayBeOld = asked.some(
    ({ key, finding }) => finding?.package && keys.has(key),
  );
  // What was scanned a moment ago may not be matched yet, and stands as it was.
  if (!seen.gap && mayBeOld) {
    const [failed] = await services.match(plan.repositoryId);
    if (failed !== undefined) {
      const message = `${failed} could not judge its components.`;
      return { state: 'unknown', message };
    }
    seen = await read();
  }
  if (seen.gap) return { state: 'unknown', message: seen.gap.message };
  const there = new Map(seen.problems.map(one => [one.key, one]));
  const left = asked.filter(({ key }) => there.has(key));
  // The run that failed then says nothing of how it is now.
  const old = left.find(one => isSameRun(one, there.get(one.key)!));
  if (old?.run) {
    const { pipeline } = old.run;
    return {
      state: 'unknown',
      message: `'${pipeline}' has not run since.`,
    };
  }
  const isFresh = await counts();
  if (!isFresh) {
    return {
      state: 'unknown',
      message: 'The repository has not been read since.',
    };
  }
  if (left.length > 0) {
    return { state: 'wrong', message: `It is still there: ${left[0].title}` };
  }
  // What the playbook does not look at any more may be there all the same.
  const names = new Set(
    (await services.problems.readAll(plan.repositoryId)).map(problemName),
  );
  const other = asked.find(problem => names.has(problemName(problem)));
  return other
    ? {
        state: 'unknown',
        message: `It is still there, but '${playbook.view.title}' is not for it as it is now: ${other.title}`,
      }
    : { state: 'right', message: 'The problem is gone.' };

  /** A reading of the very commit that is the head says how it is now, however old it is. */
  async function counts(): Promise<boolean> {
    const { mergeCommit } = remediation.progress;
    // No newer run tells that a pipeline still passes: what it said last holds.
    const isOfRuns = asked.every(({ run }) => run);
    const from = isOfRuns ? remediation.progress.effectAt ?? since : since;
    const isLater = seen.readAt !== null && seen.readAt > from;
    if (mergeCommit === null) return isLater;
    if (seen.commit === null) return false;
    if (seen.commit === mergeCommit) return true;
    const { snapshot, repository } = await target();
    if (seen.commit !== snapshot.head?.commit) return false;
    const source = services.registry.sources.get(repository.sourceId);
    if (!source?.contains) return true;
    const { signal } = new AbortController();
    return source.contains(
      ...([repository, seen.commit, mergeCommit, { signal }] as const),
    );
  }
}

/** Steps that only tell or ask would do so again, whatever is there. */
async function planAgain(context: StateContext): Promise<Verdict> {
  const { playbook, plan, services, signal } = context;
  const steps = playbook.steps.filter(mends);
  const made = await services.planner.make(
    { ...playbook, steps },
    ...([plan.problems, await context.target(), signal] as const),
  );
  if (made.state === 'impossible') {
    return { state: 'unknown', message: made.obstacles[0].message };
  }
  const isLeft =
    made.edits.length > 0 ||
    made.actions.some(action => !isDone(context, action));
  return isLeft
    ? { state: 'wrong', message: 'There is still something to do.' }
    : { state: 'right', message: 'There is nothing left to do.' };
}

/** One that says nothing of how it is now is planned again though it was done. */
function isDone(
  { plan, remediation }: StateContext,
  action: StoredAction,
): boolean {
  return (
    action.before === null &&
    plan.actions.some(
      ({ stepId, input }, i) =>
        String(i) in remediation.progress.done &&
        stepId === action.stepId &&
        canonicalJson(input) === canonicalJson(action.input),
    )
  );
}

function isSameRun({ run: then }: StepProblem, { run: now }: StepProblem) {
  return (
    then !== undefined &&
    then.runId === now?.runId &&
    then.attempt === now.attempt
  );
}

function stripId({ id, ...problem }: PlanProblem) {
  return problem;
}
