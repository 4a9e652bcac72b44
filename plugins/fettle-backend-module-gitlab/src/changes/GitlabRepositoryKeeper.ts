import {
  assertBranch,
  assertCommit,
  SourceError,
  type Obstacle,
  type RepositoryKeeper,
  type RepositoryLocation,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import type { GitlabHosts } from '../api/GitlabHosts';
import { hostOf } from '../locate/slug';
import { findObstacles } from './findObstacles';
import { ProjectWriter } from './ProjectWriter';
import { applyProtection, readProtectionOf } from './protection';

interface Asked {
  signal: AbortSignal;
}

/** Changes branches and settings through the API. */
export class GitlabRepositoryKeeper implements RepositoryKeeper {
  readonly id = 'gitlab';

  constructor(private readonly hosts: GitlabHosts) {}

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
    return findObstacles(this.#open(location, signal), what);
  }

  async deleteBranch(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    { signal }: Asked,
  ): Promise<void> {
    assertBranch(location, name);
    assertCommit(location, commit);
    const writer = this.#open(location, signal);
    if ((await writer.project()).default_branch === name) {
      throw writer.error('invalid', `${name} is its default branch`);
    }
    const head = await writer.head(name);
    if (head === undefined) return;
    assertAt(writer, { name, commit, head });
    const path = `/repository/branches/${encodeURIComponent(name)}`;
    await writer.send('DELETE', path);
  }

  async restoreBranch(
    location: RepositoryLocation,
    { name, commit }: { name: string; commit: string },
    { signal }: Asked,
  ): Promise<void> {
    assertBranch(location, name);
    assertCommit(location, commit);
    const writer = this.#open(location, signal);
    const head = await writer.head(name);
    if (head !== undefined) {
      assertAt(writer, { name, commit, head });
      return;
    }
    try {
      await writer.send('POST', '/repository/branches', {
        ...{ branch: name, ref: commit },
      });
    } catch (error) {
      const gone = error instanceof SourceError && error.code === 'invalid';
      if (!gone) throw error;
      throw writer.error('moved', `${commit} is not there any more`, error);
    }
  }

  async readSettings(
    location: RepositoryLocation,
    { signal }: Asked,
  ): Promise<RepositorySettings> {
    const writer = this.#open(location, signal);
    const found = await writer.project();
    const on = (level: string | null | undefined) =>
      level ? level !== 'disabled' : undefined;
    return {
      description: found.description ?? '',
      ...given('topics', found.topics),
      ...given('issues', on(found.issues_access_level)),
      ...given('wiki', on(found.wiki_access_level)),
      ...given('deleteBranchOnMerge', found.remove_source_branch_after_merge),
      ...given('protection', await readProtectionOf(writer, found)),
    };
  }

  async applySettings(
    location: RepositoryLocation,
    settings: RepositorySettings,
    { signal }: Asked,
  ): Promise<void> {
    const { protection, issues, wiki, ...rest } = settings;
    const writer = this.#open(location, signal);
    const found = await writer.project();
    const level = (wanted: boolean | undefined, is?: string | null) => {
      if (
        wanted === undefined ||
        ((is ?? 'disabled') !== 'disabled') === wanted
      ) {
        return undefined;
      }
      return wanted ? 'enabled' : 'disabled';
    };
    const changed = {
      ...given('description', rest.description),
      ...given('topics', rest.topics),
      // What only members see stays so.
      ...given('issues_access_level', level(issues, found.issues_access_level)),
      ...given('wiki_access_level', level(wiki, found.wiki_access_level)),
      ...given('remove_source_branch_after_merge', rest.deleteBranchOnMerge),
    };
    if (Object.keys(changed).length > 0) await writer.send('PUT', '', changed);
    if (protection) await applyProtection(writer, found, protection);
  }

  #open(location: RepositoryLocation, signal: AbortSignal): ProjectWriter {
    return new ProjectWriter(this.hosts, location, signal);
  }
}

function given<K extends string, T>(name: K, value: T | null | undefined) {
  return (
    value === null || value === undefined ? {} : { [name]: value }
  ) as Partial<Record<K, T>>;
}

function assertAt(
  writer: ProjectWriter,
  { name, commit, head }: { name: string; commit: string; head: string },
): void {
  if (head === commit) return;
  throw writer.error('moved', `${name} is at ${head}, not at ${commit}`);
}
