import type { PlanContext } from '../contracts/PlaybookStep';
import type { RepositorySnapshot } from '../contracts/RepositorySource';
import { MemoryTree, type MemoryFile } from './MemoryTree';

/**
 * What a step gets to plan, for a repository of these files. Everything can be
 * given otherwise.
 *
 * @public
 */
export function planContext<P>(
  parameters: P,
  files: Readonly<Record<string, MemoryFile>>,
  given: Partial<PlanContext<P>> = {},
): PlanContext<P> {
  const tree = new MemoryTree(files, { commit: 'c'.repeat(40) });
  const committedAt = '2026-05-01T12:00:00.000Z';
  const head = {
    ...{ commit: tree.commit, committedAt },
    ...{ author: 'Ada Lovelace', subject: 'Change' },
  };
  const main = { name: 'main', commit: tree.commit, committedAt, merged: true };
  const snapshot: RepositorySnapshot =
    Object.keys(files).length > 0
      ? {
          ...{ defaultBranch: 'main', head, branches: [main], branchCount: 1 },
          shallow: false,
        }
      : {
          ...{ defaultBranch: null, head: null, branches: [], branchCount: 0 },
          headless: {
            message: 'The repository has no commit on any branch.',
            action: 'Push a first commit.',
          },
          shallow: false,
        };
  return {
    ...{ parameters, tree, snapshot },
    repository: {
      remote: 'https://git.example.com/payments/ledger',
      name: 'payments/ledger',
      host: 'git.example.com',
    },
    entities: [],
    problems: [],
    host: {},
    playbook: { id: 'mend', title: 'Mend', stepId: 'step' },
    signal: new AbortController().signal,
    now: new Date('2026-06-01T12:00:00Z'),
    ...given,
  };
}
