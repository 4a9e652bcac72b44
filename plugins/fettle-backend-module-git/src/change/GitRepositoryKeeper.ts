import {
  assertBranch,
  assertCommit,
  SourceError,
  type Obstacle,
  type RepositoryKeeper,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { GitRepositorySource } from '../GitRepositorySource';
import type { RefUpdate } from '../mirror/RefUpdate';
import { readGit } from '../read/LocalRepository';
import { findObstacles } from './findObstacles';
import { branchRef, readSome } from './readRecord';
import {
  publishing,
  updateRefs,
  type WritableRepository,
} from './WritableRepository';

/** Deletes and restores branches. A repository of Git itself has no settings. */
export class GitRepositoryKeeper implements RepositoryKeeper {
  readonly id = 'git';
  readonly fallback = true;

  constructor(private readonly source: GitRepositorySource) {}

  covers(location: RepositoryLocation): boolean {
    return this.source.reads(location);
  }

  hostOf({ host }: RepositoryLocation): string {
    return host;
  }

  async check(
    location: RepositoryLocation,
    { signal, what }: { signal: AbortSignal; what: 'branches' | 'settings' },
  ): Promise<Obstacle[]> {
    if (what === 'settings') {
      return [
        {
          code: 'no-settings',
          message: `${location.remote} is read with git, which knows no settings.`,
          action:
            "Add the module of its host, or set them in the host's pages.",
        },
      ];
    }
    return this.source.write(location, { signal }, repository =>
      findObstacles(repository, { merge: false }),
    );
  }

  async deleteBranch(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    await this.#change(location, { name, commit }, signal, async repository => {
      const ref = branchRef(name);
      const output = await readGit(
        repository,
        ['symbolic-ref', '--quiet', 'HEAD'],
        { signal: repository.signal, expectExit: [0, 1] },
      );
      const found = (await readSome(repository, [ref], repository.signal)).get(
        ref,
      );
      if (!found) return [];
      if (output.toString().trim() === ref || found.checkedOut) {
        throw fail(location, 'invalid', `${name} is its default branch`);
      }
      assertAt(location, name, found.commit, commit);
      return [{ ref, from: commit, to: null }];
    });
  }

  async restoreBranch(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    await this.#change(location, { name, commit }, signal, async repository => {
      const ref = branchRef(name);
      const refs = await readSome(repository, [ref], repository.signal);
      const found = refs.get(ref);
      if (found) {
        assertAt(location, name, found.commit, commit);
        return [];
      }
      const check = ['cat-file', '--batch-check'];
      const output = await readGit(repository, check, {
        ...{ signal: repository.signal, input: `${commit}\n` },
      });
      if (!/ commit \d+$/.test(output.toString().trim())) {
        throw fail(location, 'moved', `${commit} is not there any more`);
      }
      return [{ ref, from: null, to: commit }];
    });
  }

  async #change(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    signal: AbortSignal,
    plan: (repository: WritableRepository) => Promise<RefUpdate[]>,
  ): Promise<void> {
    assertBranch(location, name);
    assertCommit(location, commit);
    await this.source.write(location, { signal }, async repository => {
      const updates = await plan(repository);
      if (updates.length === 0) return;
      await publishing(repository, async () => {
        if (repository.isRemote) await repository.publish(updates);
        await updateRefs(repository, updates, repository.signal);
      });
    });
  }
}

function assertAt(
  location: RepositoryLocation,
  name: string,
  is: string,
  commit: string,
): void {
  if (is === commit) return;
  throw fail(location, 'moved', `${name} is at ${is}, not at ${commit}`);
}

function fail(
  { remote }: RepositoryLocation,
  code: SourceError['code'],
  what: string,
): SourceError {
  return new SourceError(
    code,
    `Cannot change ${remote}: ${what}.`,
    'Fettle looks again by itself.',
  );
}
