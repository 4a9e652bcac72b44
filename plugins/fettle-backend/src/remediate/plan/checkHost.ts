import { SourceError, type Obstacle } from 'backstage-plugin-fettle-node';
import type { PlanInput } from './PlanInput';

/** What stands in the way on the side of the host, said before anything is touched. */
export async function checkHost(
  { host, repository, snapshot, playbook, signal }: PlanInput,
  hasFiles: boolean,
): Promise<Obstacle[]> {
  if (snapshot.archived) {
    return [
      {
        code: 'archived',
        message: `${repository.name} is archived: its host takes no changes.`,
        action: 'Take it out of the scope of the playbook, or unarchive it.',
      },
    ];
  }
  if (!hasFiles) return [];
  if (!host.changes) {
    return [
      {
        code: 'no-proposer',
        message: `Nothing in this portal can propose changes of ${repository.name}.`,
        action: `Add the module for ${repository.host} with a token that may write.`,
      },
    ];
  }
  try {
    return await host.changes.check(repository, {
      ...{ signal, merge: playbook.view.level === 'enforce' },
    });
  } catch (error) {
    if (!signal.aborted && error instanceof SourceError) {
      return [error.toReason()];
    }
    throw error;
  }
}
