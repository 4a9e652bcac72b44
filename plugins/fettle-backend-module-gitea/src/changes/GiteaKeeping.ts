import {
  given,
  type HostedKeeping,
  type Obstacle,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { findObstacles } from './findObstacles';
import { applyProtection, readProtectionOf } from './protection';
import type { RepositoryWriter } from './RepositoryWriter';

const topicsSchema = z.object({ topics: z.array(z.string()).nullish() });

/** Branches and settings of one repository, by the API. */
export class GiteaKeeping implements HostedKeeping {
  constructor(private readonly writer: RepositoryWriter) {}

  async obstacles(what: 'branches' | 'settings'): Promise<Obstacle[]> {
    return findObstacles(this.writer, { what });
  }

  async defaultBranch(): Promise<string | null | undefined> {
    return (await this.writer.repository()).default_branch;
  }

  async head(branch: string): Promise<string | undefined> {
    return this.writer.head(branch);
  }

  async createBranch(name: string, commit: string): Promise<void> {
    await this.writer.createBranch(name, commit);
  }

  async deleteBranch(name: string): Promise<void> {
    await this.writer.deleteBranch(name);
  }

  async readSettings(): Promise<RepositorySettings> {
    const { repos, name, api } = this.writer;
    const found = await this.writer.repository();
    const asked = repos.repoListTopics(...name, { limit: 50 });
    const { topics } = await api.read(asked, topicsSchema);
    const protection = await readProtectionOf(this.writer, found);
    return {
      ...{ description: found.description ?? '', topics: topics ?? [] },
      ...given('issues', found.has_issues),
      ...given('wiki', found.has_wiki),
      ...given('deleteBranchOnMerge', found.default_delete_branch_after_merge),
      ...given('protection', protection),
    };
  }

  async applySettings(settings: RepositorySettings): Promise<void> {
    const { protection, topics, ...rest } = settings;
    const { writer } = this;
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
}
