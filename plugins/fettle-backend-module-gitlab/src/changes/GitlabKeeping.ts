import {
  given,
  type HostedKeeping,
  type Obstacle,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import { findObstacles } from './findObstacles';
import type { ProjectWriter } from './ProjectWriter';
import { applyProtection, readProtectionOf } from './protection';

/** Branches and settings of one repository, by the API. */
export class GitlabKeeping implements HostedKeeping {
  constructor(private readonly writer: ProjectWriter) {}

  async obstacles(what: 'branches' | 'settings'): Promise<Obstacle[]> {
    return findObstacles(this.writer, what);
  }

  async defaultBranch(): Promise<string | null | undefined> {
    return (await this.writer.project()).default_branch;
  }

  async head(branch: string): Promise<string | undefined> {
    return this.writer.head(branch);
  }

  async createBranch(name: string, commit: string): Promise<void> {
    await this.writer.send('POST', '/repository/branches', {
      ...{ branch: name, ref: commit },
    });
  }

  async deleteBranch(name: string): Promise<void> {
    const path = `/repository/branches/${encodeURIComponent(name)}`;
    await this.writer.send('DELETE', path);
  }

  async readSettings(): Promise<RepositorySettings> {
    const found = await this.writer.project();
    const on = (level: string | null | undefined) =>
      level ? level !== 'disabled' : undefined;
    return {
      description: found.description ?? '',
      ...given('topics', found.topics),
      ...given('issues', on(found.issues_access_level)),
      ...given('wiki', on(found.wiki_access_level)),
      ...given('deleteBranchOnMerge', found.remove_source_branch_after_merge),
      ...given('protection', await readProtectionOf(this.writer, found)),
    };
  }

  async applySettings(settings: RepositorySettings): Promise<void> {
    const { protection, issues, wiki, ...rest } = settings;
    const { writer } = this;
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
}
