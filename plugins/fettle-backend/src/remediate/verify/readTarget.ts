import { problemName } from '../../playbooks/PlaybookNumbers';
import type { PlanProblem } from '../../store/remediation/StoredPlan';
import { unlessAborted } from '../plan/makePlan';
import type { StateContext } from '../states/StateContext';

/** What the target says, read again. */
export interface Verdict {
  state: 'right' | 'wrong' | 'unknown';
  message: string;
}

/**
 * Reads the target: the problem as its trigger sees it now, and whatever steps
 * can read themselves. Where neither says anything, a new plan does: an empty
 * one is right.
 *
 * @param since - what was read before it says nothing of what was done then
 */
export async function readTarget(
  context: StateContext,
  since: string,
): Promise<Verdict> {
  const { plan, playbook } = context;
  const verdicts: Verdict[] = [];
  if (plan.problems.length > 0) {
    verdicts.push(await readProblems(context, since));
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
  return (
    verdicts.find(({ state }) => state === 'wrong') ??
    verdicts.find(({ state }) => state === 'unknown') ??
    verdicts[0]
  );
}

async function readProblems(
  { remediation, plan, playbook, services, target }: StateContext,
  since: string,
): Promise<Verdict> {
  const seen = await services.problems.read(playbook, plan.repositoryId);
  if (seen.gap) return { state: 'unknown', message: seen.gap.message };
  const asked = plan.problems.filter(
    ({ key }) => !plan.unmended.some(one => one.key === key),
  );
  const left = asked.filter(({ key }) =>
    seen.problems.some(problem => problem.key === key),
  );
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
    const isLater = seen.readAt !== null && seen.readAt > since;
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

async function planAgain(context: StateContext): Promise<Verdict> {
  const { playbook, plan, services, signal } = context;
  const made = await services.planner.make(
    ...([playbook, plan.problems, await context.target(), signal] as const),
  );
  switch (made.state) {
    case 'empty':
      return { state: 'right', message: 'There is nothing left to do.' };
    case 'possible':
      return { state: 'wrong', message: 'There is still something to do.' };
    default:
      return { state: 'unknown', message: made.obstacles[0].message };
  }
}

function stripId({ id, ...problem }: PlanProblem) {
  return problem;
}
