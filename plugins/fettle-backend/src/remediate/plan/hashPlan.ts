import type { FileEdit } from 'backstage-plugin-fettle-node';
import { canonicalJson } from './canonicalJson';
import type { StoredAction } from './MadePlan';
import { sha256 } from './sha256';

/** What the hashes of a plan are made of. */
export interface Hashed {
  playbook: { id: string; digest: string };
  repository: string;
  /** Keys of its problems. */
  problems: readonly string[];
  /** Each edit with the hash of what it replaces. */
  files: readonly (FileEdit & { was: string })[];
  actions: readonly StoredAction[];
}

/** The same content gives the same hashes, whatever the head is. */
export function hashPlan({
  playbook,
  repository,
  problems,
  files,
  actions,
}: Hashed): Pick<
  { hash: string; contentHash: string; beforeHash: string },
  'hash' | 'contentHash' | 'beforeHash'
> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const target = sorted.map(({ path, content, executable = false }) => ({
    ...{ path, executable },
    is: content === null ? 'absent' : sha256(content),
  }));
  const done = actions.map(action => ({
    ...{ step: action.stepId, uses: action.uses, summary: action.summary },
    ...{ before: action.before, after: action.after, input: action.input },
  }));
  return {
    hash: sha256(
      canonicalJson({
        ...{ playbook, repository, actions: done },
        problems: [...problems].sort(),
        files: sorted.map(({ was }, i) => ({ ...target[i], was })),
      }),
    ),
    contentHash: sha256(
      canonicalJson({
        files: target,
        actions: done.map(({ step, after, input }) => ({ step, after, input })),
      }),
    ),
    beforeHash: sha256(
      canonicalJson({
        files: sorted.map(({ path, was }, i) => ({
          ...{ path, executable: target[i].executable, is: was },
        })),
        actions: [],
      }),
    ),
  };
}
