import {
  changeError,
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GiteaHosts } from '../api/GiteaHosts';
import type { RepositoryApi } from '../api/RepositoryApi';

const repositorySchema = z.object({
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  mirror: z.boolean().nullish(),
  description: z.string().nullish(),
  has_issues: z.boolean().nullish(),
  has_wiki: z.boolean().nullish(),
  has_pull_requests: z.boolean().nullish(),
  allow_merge_commits: z.boolean().nullish(),
  allow_squash_merge: z.boolean().nullish(),
  allow_rebase_explicit: z.boolean().nullish(),
  allow_rebase: z.boolean().nullish(),
  default_delete_branch_after_merge: z.boolean().nullish(),
  permissions: z
    .object({ admin: z.boolean().nullish(), push: z.boolean().nullish() })
    .nullish(),
});
export type Repository = z.output<typeof repositorySchema>;

const branchSchema = z.object({ commit: z.object({ id: z.string() }) });

/** What is asked of one repository to change it. */
export class RepositoryWriter {
  readonly api: RepositoryApi;

  constructor(
    hosts: GiteaHosts,
    readonly location: RepositoryLocation,
    signal: AbortSignal,
  ) {
    this.api = hosts.open(location, { signal });
  }

  get repos() {
    return this.api.client.repos;
  }

  get name(): [owner: string, repo: string] {
    return this.api.name;
  }

  async repository(): Promise<Repository> {
    const asked = this.repos.repoGet(...this.name);
    return this.api.read(asked, repositorySchema);
  }

  /** Undefined where it is not there and the repository is. */
  async find<T>(reading: Promise<T>): Promise<T | undefined> {
    try {
      return await reading;
    } catch (error) {
      const missing =
        error instanceof SourceError && error.code === 'not-found';
      if (!missing) throw error;
      await this.api.assertThere();
      return undefined;
    }
  }

  /** The commit of a branch. */
  async head(branch: string): Promise<string | undefined> {
    const path = encodeURIComponent(branch);
    const asked = this.repos.repoGetBranch(...this.name, path);
    return (await this.find(this.api.read(asked, branchSchema)))?.commit.id;
  }

  /** A branch that is there already is refused as `moved`, like a commit that is gone. */
  async createBranch(branch: string, commit: string): Promise<void> {
    try {
      await this.repos.repoCreateBranch(...this.name, {
        ...{ new_branch_name: branch, old_ref_name: commit },
      });
    } catch (error) {
      const refused =
        error instanceof SourceError &&
        (error.code === 'invalid' || error.code === 'not-found');
      if (!refused) throw error;
      await this.api.assertThere();
      throw this.error(
        'moved',
        `${branch} cannot be made at ${commit}: ${error.message}`,
        error,
      );
    }
  }

  async deleteBranch(branch: string): Promise<void> {
    const path = encodeURIComponent(branch);
    await this.repos.repoDeleteBranch(...this.name, path);
  }

  error(code: SourceError['code'], what: string, cause?: unknown): SourceError {
    return changeError(this.location, code, what, { cause });
  }
}
