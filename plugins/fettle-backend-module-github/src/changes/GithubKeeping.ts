import {
  given,
  type HostedKeeping,
  type Obstacle,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';
import { findObstacles } from './findObstacles';
import { applyProtection, readProtectionOf } from './protection';
import type { RepositoryApi } from './RepositoryApi';

/** Branches and settings of one repository, by the API. */
export class GithubKeeping implements HostedKeeping {
  constructor(
    private readonly hosts: GithubHosts,
    private readonly api: RepositoryApi,
  ) {}

  async obstacles(what: 'branches' | 'settings'): Promise<Obstacle[]> {
    return findObstacles(this.api, { what });
  }

  async defaultBranch(): Promise<string> {
    return (await this.api.repository()).default_branch;
  }

  async head(branch: string): Promise<string | undefined> {
    return this.api.head(branch);
  }

  async createBranch(name: string, commit: string): Promise<void> {
    await this.api.ask('POST /git/refs', {
      ...{ ref: `refs/heads/${name}`, sha: commit },
    });
  }

  async deleteBranch(name: string): Promise<void> {
    await this.api.ask('DELETE /git/refs/{ref}', { ref: `heads/${name}` });
  }

  async readSettings(): Promise<RepositorySettings> {
    const found = await this.api.repository();
    const protection = await readProtectionOf(this.hosts, this.api, {
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

  async applySettings(settings: RepositorySettings): Promise<void> {
    const { protection, topics, ...rest } = settings;
    const { api } = this;
    const changed = {
      ...given('description', rest.description),
      ...given('has_issues', rest.issues),
      ...given('has_wiki', rest.wiki),
      ...given('delete_branch_on_merge', rest.deleteBranchOnMerge),
    };
    if (Object.keys(changed).length > 0) await api.ask('PATCH', changed);
    if (topics) await api.ask('PUT /topics', { names: topics });
    if (!protection) return;
    await applyProtection(api, await this.defaultBranch(), protection);
  }
}
