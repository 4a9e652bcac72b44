import { SourceError } from 'backstage-plugin-fettle-node';
import { GitFailure } from '../git/GitFailure';
import type { RefUpdate } from '../mirror/RefUpdate';
import { readGit, type LocalRepository } from '../read/LocalRepository';

/** A repository that may be written to: a folder in place, or the copy of a remote. */
export interface WritableRepository extends LocalRepository {
  signal: AbortSignal;
  now: () => Date;
  isRemote: boolean;
  /** Makes all of these changes of refs where people see them, or none. */
  publish(updates: readonly RefUpdate[]): Promise<void>;
  /** Only asks whether it may. */
  rehearse(updates: readonly RefUpdate[]): Promise<void>;
}

/** A folder that is written to in place. None of its hooks run: they come from the repository. */
export function inPlace(
  repository: LocalRepository,
  options: { signal: AbortSignal; now: () => Date },
): WritableRepository {
  const { signal } = options;
  return {
    ...{ ...repository, ...options, isRemote: false },
    publish: updates => updateRefs(repository, updates, signal),
    rehearse: async () => {},
  };
}

/** One transaction of compare-and-swap. */
export async function updateRefs(
  repository: LocalRepository,
  updates: readonly RefUpdate[],
  signal: AbortSignal,
): Promise<void> {
  const lines = updates.map(({ ref, from, to }) => {
    if (to === null) return `delete ${ref}\0${from ?? ''}\0`;
    return from === null
      ? `create ${ref}\0${to}\0`
      : `update ${ref}\0${to}\0${from}\0`;
  });
  await readGit(repository, ['update-ref', '--stdin', '-z'], {
    ...{ signal, input: lines.join('') },
  });
}

/** What a failure to set refs means: that one moved, or that the remote does not take it. */
export async function publishing(
  { remote }: { remote: string },
  task: () => Promise<void>,
): Promise<void> {
  try {
    await task();
  } catch (error) {
    const said =
      error instanceof GitFailure ? error.stderr : (error as Error).message;
    const line = (pattern: RegExp) =>
      said
        ?.split('\n')
        .find(one => pattern.test(one))
        ?.trim()
        .slice(0, 300);
    const refused = line(/remote rejected|declined|denied|GH\d{3}/i);
    const moved = line(
      /stale info|non-fast-forward|fetch first|cannot lock ref|reference already exists|failed to update ref|incorrect old value/i,
    );
    if (moved) {
      throw new SourceError(
        'moved',
        `Cannot change ${remote}: a branch moved meanwhile (${moved}).`,
        'Fettle looks again by itself.',
        error,
      );
    }
    if (refused) {
      throw new SourceError(
        'failed',
        `Cannot change ${remote}: the remote refused it (${refused}).`,
        'Let the user of the portal push to fettle/* and refs/fettle/*, and to the base where it is to merge.',
        error,
      );
    }
    throw error;
  }
}
