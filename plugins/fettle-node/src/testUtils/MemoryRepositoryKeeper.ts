import type { Obstacle } from '../contracts/ChangeProposer';
import type {
  RepositoryKeeper,
  RepositorySettings,
} from '../contracts/RepositoryKeeper';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';
import { assertBranch } from '../hosted/assertChange';
import { assertCommit } from '../hosted/assertCommit';
import type { MemoryRepositorySource } from './MemoryRepositorySource';

/**
 * Branches and settings of the repositories of a {@link MemoryRepositorySource}.
 *
 * @public
 */
export class MemoryRepositoryKeeper implements RepositoryKeeper {
  readonly id: string;
  /** What `check` finds. */
  obstacles: Obstacle[] = [];
  readonly #settings = new Map<string, RepositorySettings>();

  constructor(
    private readonly source: MemoryRepositorySource,
    options: { id?: string } = {},
  ) {
    this.id = options.id ?? 'memory';
  }

  covers(location: RepositoryLocation): boolean {
    return this.source.reads(location);
  }

  hostOf({ host }: RepositoryLocation): string {
    return host;
  }

  async check(): Promise<Obstacle[]> {
    return this.obstacles;
  }

  async deleteBranch(
    location: RepositoryLocation,
    branch: { name: string; commit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const repository = this.#open(location, branch, signal);
    const commit = repository.find(branch.name);
    if (commit === '') return;
    const { defaultBranch } = repository.snapshot(this.source.now);
    if (branch.name === defaultBranch) {
      throw fail(location, 'invalid', `${branch.name} is its default branch`);
    }
    assertAt(location, branch, commit);
    await repository.deleteBranch(branch.name);
  }

  async restoreBranch(
    location: RepositoryLocation,
    branch: { name: string; commit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const repository = this.#open(location, branch, signal);
    const commit = repository.find(branch.name);
    if (commit !== '') {
      assertAt(location, branch, commit);
    } else if (repository.has(branch.commit)) {
      repository.setBranch(branch.name, branch.commit);
    } else {
      throw fail(location, 'moved', `${branch.commit} is gone`);
    }
  }

  async readSettings(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ): Promise<RepositorySettings> {
    this.source.open(location, signal);
    return this.#of(location);
  }

  async applySettings(
    location: RepositoryLocation,
    settings: RepositorySettings,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    this.source.open(location, signal);
    const { protection, ...rest } = settings;
    const before = this.#of(location);
    this.#settings.set(location.remote, {
      ...{ ...before, ...rest },
      protection: { ...before.protection, ...protection },
    });
  }

  #of({ remote }: RepositoryLocation): RepositorySettings {
    return (
      this.#settings.get(remote) ?? {
        protection: { protected: false },
        ...{ deleteBranchOnMerge: false, issues: true, wiki: true },
        ...{ description: '', topics: [] },
      }
    );
  }

  #open(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    signal: AbortSignal,
  ) {
    assertBranch(location, name);
    assertCommit(location, commit);
    return this.source.open(location, signal);
  }
}

function assertAt(
  location: RepositoryLocation,
  branch: { name: string; commit: string },
  commit: string,
): void {
  if (commit === branch.commit) return;
  throw fail(location, 'moved', `${branch.name} is at ${commit}`);
}

function fail(
  { remote }: RepositoryLocation,
  code: SourceError['code'],
  what: string,
): SourceError {
  return new SourceError(code, `Cannot change ${remote}: ${what}.`, 'Look.');
}
