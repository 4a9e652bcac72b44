import {
  assertBranch,
  assertCommit,
  type Obstacle,
  type RepositoryKeeper,
  type RepositoryLocation,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GiteaHosts } from '../api/GiteaHosts';
import { hostOf } from '../locate/slug';
import { findObstacles } from './findObstacles';
import { applyProtection, readProtectionOf } from './protection';
import { given } from './readRequest';
import { RepositoryWriter } from './RepositoryWriter';

const topicsSchema = z.object({ topics: z.array(z.string()).nullish() });

interface Asked {
  signal: AbortSignal;
}

/** Changes branches and settings through the API. */
export class GiteaRepositoryKeeper implements RepositoryKeeper {
  readonly id = 'gitea';

  constructor(private readonly hosts: GiteaHosts) {}

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
    const writer = this.#open(location, signal);
    if ((await writer.repository()).default_branch === name) {
      throw writer.error('invalid', `${name} is its default branch`);
    }
    const head = await writer.head(name);
    if (head === undefined) return;
    assertAt(writer, { name, commit, head });
    await writer.deleteBranch(name);
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
    if (head === undefined) await writer.createBranch(name, commit);
    else assertAt(writer, { name, commit, head });
  }

  async readSettings(
    location: RepositoryLocation,
    { signal }: Asked,
  ): Promise<RepositorySettings> {
    const writer = this.#open(location, signal);
    const { repos, name, api } = writer;
    const found = await writer.repository();
    const asked = repos.repoListTopics(...name, { limit: 50 });
    const { topics } = await api.read(asked, topicsSchema);
    return {
      ...{ description: found.description ?? '', topics: topics ?? [] },
      ...given('issues', found.has_issues),
      ...given('wiki', found.has_wiki),
      ...given('deleteBranchOnMerge', found.default_delete_branch_after_merge),
      ...given('protection', await readProtectionOf(writer, found)),
    };
  }

  async applySettings(
    location: RepositoryLocation,
    settings: RepositorySettings,
    { signal }: Asked,
  ): Promise<void> {
    const { protection, topics, ...rest } = settings;
    const writer = this.#open(location, signal);
    const { repos, name } = writer;
    const changed = {
      ...given('description', rest.description),
      ...given('has_issues', rest.issues),
      ...given('has_wiki', rest.wiki),
      ...given('default_delete_branch_after_merge', rest.deleteBranchOnMerge),
    };
    if (Object.keys(changed).length > 0) await repos.repoEdit(...name, changed);
    if (topics) await repos.repoUpdateTopics(...name, { topics: [...topics] });
    if (!protection) return;
    await applyProtection(writer, await writer.repository(), protection);
  }

  #open(location: RepositoryLocation, signal: AbortSignal): RepositoryWriter {
    return new RepositoryWriter(this.hosts, location, signal);
  }
}

function assertAt(
  writer: RepositoryWriter,
  { name, commit, head }: { name: string; commit: string; head: string },
): void {
  if (head === commit) return;
  throw writer.error('moved', `${name} is at ${head}, not at ${commit}`);
}
