import {
  assertBranch,
  assertCommit,
  SourceError,
  type Obstacle,
  type RepositoryKeeper,
  type RepositoryLocation,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';
import { hostOf } from '../locate/slug';
import { findObstacles } from './findObstacles';
import { applyProtection, readProtectionOf } from './protection';
import { RepositoryApi } from './RepositoryApi';

interface Asked {
  signal: AbortSignal;
}

/** Changes branches and settings through the API. */
export class GithubRepositoryKeeper implements RepositoryKeeper {
  readonly id = 'github';

  constructor(private readonly hosts: GithubHosts) {}

  covers(location: RepositoryLocation): boolean {
    return this.hosts.has(location);
  }

  hostOf(location: RepositoryLocation): string {
    return hostOf(location);
  }

  async check(
    location: RepositoryLocation,
    { signal, what }: Asked & { what: 'branches' | 'settings' },
  ): Promise<Obstacle[]> {
    return findObstacles(this.#open(location, signal), { what });
  }

  async deleteBranch(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    { signal }: Asked,
  ): Promise<void> {
    assertBranch(location, name);
    assertCommit(location, commit);
    const api = this.#open(location, signal);
    if ((await api.repository()).default_branch === name) {
      throw api.error('invalid', `${name} is its default branch`);
    }
    const head = await api.head(name);
    if (head === undefined) return;
    assertAt(api, { name, commit, head });
    await api.ask('DELETE /git/refs/{ref}', { ref: `heads/${name}` });
  }

  async restoreBranch(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    { signal }: Asked,
  ): Promise<void> {
    assertBranch(location, name);
    assertCommit(location, commit);
    const api = this.#open(location, signal);
    const head = await api.head(name);
    if (head !== undefined) {
      assertAt(api, { name, commit, head });
      return;
    }
    try {
      await api.ask('POST /git/refs', {
        ...{ ref: `refs/heads/${name}`, sha: commit },
      });
    } catch (error) {
      const gone = error instanceof SourceError && error.code === 'invalid';
      if (!gone) throw error;
      throw api.error('moved', `${commit} is not there any more`, error);
    }
  }

  async readSettings(
    location: RepositoryLocation,
    { signal }: Asked,
  ): Promise<RepositorySettings> {
    const api = this.#open(location, signal);
    const found = await api.repository();
    const protection = await readProtectionOf(this.hosts, api, {
      branch: found.default_branch,
    });
    return {
      description: found.description ?? '',
      ...given('topics', found.topics),
      ...given('issues', found.has_issues),
      ...given('wiki', found.has_wiki),
      ...given('deleteBranchOnMerge', found.delete_branch_on_merge),
      ...given('protection', protection),
    };
  }

  async applySettings(
    location: RepositoryLocation,
    settings: RepositorySettings,
    { signal }: Asked,
  ): Promise<void> {
    const { protection, topics, ...rest } = settings;
    const api = this.#open(location, signal);
    const changed = {
      ...given('description', rest.description),
      ...given('has_issues', rest.issues),
      ...given('has_wiki', rest.wiki),
      ...given('delete_branch_on_merge', rest.deleteBranchOnMerge),
    };
    if (Object.keys(changed).length > 0) await api.ask('PATCH', changed);
    if (topics) await api.ask('PUT /topics', { names: topics });
    if (!protection) return;
    const { default_branch: branch } = await api.repository();
    await applyProtection(api, branch, protection);
  }

  #open(location: RepositoryLocation, signal: AbortSignal): RepositoryApi {
    return new RepositoryApi(this.hosts, location, signal);
  }
}

function given<K extends string, T>(name: K, value: T | null | undefined) {
  return (
    value === null || value === undefined ? {} : { [name]: value }
  ) as Partial<Record<K, T>>;
}

function assertAt(
  api: RepositoryApi,
  { name, commit, head }: { name: string; commit: string; head: string },
): void {
  if (head === commit) return;
  throw api.error('moved', `${name} is at ${head}, not at ${commit}`);
}
