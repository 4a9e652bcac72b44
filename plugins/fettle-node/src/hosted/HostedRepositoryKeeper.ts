import type { Obstacle } from '../contracts/ChangeProposer';
import type {
  RepositoryKeeper,
  RepositorySettings,
} from '../contracts/RepositoryKeeper';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';
import { assertBranch } from './assertChange';
import { assertCommit } from './assertCommit';
import { changeError } from './changeError';

/**
 * What is asked of a host's API to keep one repository: all that differs
 * between hosts. What is not there is undefined, everything else that is wrong
 * a `SourceError`.
 *
 * @public
 */
export interface HostedKeeping {
  obstacles(what: 'branches' | 'settings'): Promise<Obstacle[]>;

  defaultBranch(): Promise<string | null | undefined>;

  /** The commit of a branch. */
  head(branch: string): Promise<string | undefined>;

  /** @throws SourceError `invalid` or `moved` where the commit is not there */
  createBranch(name: string, commit: string): Promise<void>;

  deleteBranch(name: string): Promise<void>;

  readSettings(): Promise<RepositorySettings>;

  applySettings(settings: RepositorySettings): Promise<void>;
}

/**
 * What a {@link HostedRepositoryKeeper} is made of.
 *
 * @public
 */
export interface HostedRepositoryKeeperOptions {
  id: string;
  covers(location: RepositoryLocation): boolean;
  hostOf(location: RepositoryLocation): string;
  open(location: RepositoryLocation, signal: AbortSignal): HostedKeeping;
}

/**
 * A branch and the commit that it is at.
 *
 * @public
 */
export interface BranchAt {
  name: string;
  commit: string;
}

/**
 * Changes branches and settings by a host's API, the same way on each. A branch
 * is touched only where it stands at the commit that is named, and the default
 * branch never.
 *
 * @public
 */
export class HostedRepositoryKeeper implements RepositoryKeeper {
  readonly id: string;

  constructor(private readonly options: HostedRepositoryKeeperOptions) {
    this.id = options.id;
  }

  covers(location: RepositoryLocation): boolean {
    return this.options.covers(location);
  }

  hostOf(location: RepositoryLocation): string {
    return this.options.hostOf(location);
  }

  async check(
    location: RepositoryLocation,
    { signal, what }: { signal: AbortSignal; what: 'branches' | 'settings' },
  ): Promise<Obstacle[]> {
    return this.options.open(location, signal).obstacles(what);
  }

  async deleteBranch(
    location: RepositoryLocation,
    branch: BranchAt,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const { name } = branch;
    assertBranch(location, name);
    assertCommit(location, branch.commit);
    const host = this.options.open(location, signal);
    if ((await host.defaultBranch()) === name) {
      throw changeError(
        location,
        ...(['invalid', `${name} is its default branch`] as const),
      );
    }
    const head = await host.head(name);
    if (head === undefined) return;
    assertAt(location, branch, head);
    await host.deleteBranch(name);
  }

  async restoreBranch(
    location: RepositoryLocation,
    branch: BranchAt,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const { name, commit } = branch;
    assertBranch(location, name);
    assertCommit(location, commit);
    const host = this.options.open(location, signal);
    const head = await host.head(name);
    if (head !== undefined) {
      assertAt(location, branch, head);
      return;
    }
    try {
      await host.createBranch(name, commit);
    } catch (error) {
      const gone = error instanceof SourceError && error.code === 'invalid';
      if (!gone) throw error;
      const what = `${commit} is not there any more`;
      throw changeError(location, 'moved', what, { cause: error });
    }
  }

  async readSettings(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ): Promise<RepositorySettings> {
    return this.options.open(location, signal).readSettings();
  }

  async applySettings(
    location: RepositoryLocation,
    settings: RepositorySettings,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    await this.options.open(location, signal).applySettings(settings);
  }
}

function assertAt(
  location: RepositoryLocation,
  { name, commit }: BranchAt,
  head: string,
): void {
  if (head === commit) return;
  const what = `${name} is at ${head}, not at ${commit}`;
  throw changeError(location, 'moved', what);
}
