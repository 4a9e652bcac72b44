import { InputError } from '@backstage/errors';
import type {
  LoadedPlaybook,
  ProblemReader,
} from '../../playbooks/LoadedPlaybook';
import type { DatabaseRemediationStore } from '../../store/remediation/DatabaseRemediationStore';
import type { PlanProblem } from '../../store/remediation/StoredPlan';

/**
 * The problems of a playbook that a repository has now, or those of them that
 * are named by their keys.
 *
 * @throws InputError where it is not in the scope, or none of the named is there
 */
export async function chooseProblems(
  playbook: LoadedPlaybook,
  order: { repositoryId: string; problems?: readonly string[] },
  parts: {
    problems: ProblemReader;
    store: Pick<DatabaseRemediationStore, 'observe'>;
    clock: () => Date;
  },
): Promise<PlanProblem[]> {
  const { repositoryId } = order;
  const { id: playbookId, digest, title } = playbook.view;
  const seen = await parts.problems.read(playbook, repositoryId);
  if (!seen.inScope) {
    throw new InputError(`The repository is not in the scope of '${title}'.`);
  }
  const open = await parts.store.observe(
    {
      ...{ playbookId, digest, repositoryId, problems: seen.problems },
      complete: seen.gap === null,
    },
    parts.clock(),
  );
  const wanted = order.problems && new Set(order.problems);
  const chosen = open.filter(
    ({ problem }) => !wanted || wanted.has(problem.key),
  );
  if (wanted?.size && chosen.length === 0) {
    throw new InputError(
      `None of these problems is there now: ${[...wanted].join(', ')}.`,
    );
  }
  return chosen.map(({ id, problem }) => ({ id, ...problem }));
}
