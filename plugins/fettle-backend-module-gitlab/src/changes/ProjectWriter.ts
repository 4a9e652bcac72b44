import {
  changeError,
  SourceError,
  type HostAnswer,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GitlabHosts } from '../api/GitlabHosts';
import type { ProjectApi } from '../api/ProjectApi';

const projectSchema = z.object({
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  description: z.string().nullish(),
  topics: z.array(z.string()).nullish(),
  issues_access_level: z.string().nullish(),
  wiki_access_level: z.string().nullish(),
  merge_requests_access_level: z.string().nullish(),
  remove_source_branch_after_merge: z.boolean().nullish(),
  approvals_before_merge: z.number().int().nullish(),
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
  permissions: z
    .object({
      project_access: z.object({ access_level: z.number() }).nullish(),
      group_access: z.object({ access_level: z.number() }).nullish(),
    })
    .nullish(),
});
export type Project = z.output<typeof projectSchema>;

const branchSchema = z.object({ commit: z.object({ id: z.string() }) });
const userSchema = z.object({
  email: z.string().nullish(),
  commit_email: z.string().nullish(),
  is_admin: z.boolean().nullish(),
});

/** What is asked of one repository to change it. */
export class ProjectWriter {
  readonly api: ProjectApi;

  constructor(
    hosts: GitlabHosts,
    readonly location: RepositoryLocation,
    signal: AbortSignal,
  ) {
    this.api = hosts.open(location, { signal });
  }

  async project(): Promise<Project> {
    return this.api.read('', projectSchema);
  }

  async send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: Record<string, unknown>,
  ): Promise<HostAnswer> {
    return this.api.send(method, path, body);
  }

  /** Undefined where it is not there and the repository is. */
  async find<T extends z.ZodType>(
    path: string,
    schema: T,
    query?: Record<string, string | number | boolean>,
  ): Promise<z.output<T> | undefined> {
    try {
      return await this.api.read(path, schema, query);
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
    const path = `/repository/branches/${encodeURIComponent(branch)}`;
    return (await this.find(path, branchSchema))?.commit.id;
  }

  /** Who the token is; undefined where it may not ask. */
  async user(): Promise<z.output<typeof userSchema> | undefined> {
    try {
      return await this.api.readUser(userSchema);
    } catch (error) {
      const hidden =
        error instanceof SourceError &&
        (error.code === 'unauthorized' || error.code === 'not-found');
      if (!hidden) throw error;
      return undefined;
    }
  }

  error(code: SourceError['code'], what: string, cause?: unknown): SourceError {
    return changeError(this.location, code, what, { cause });
  }
}

/** A text in which no line is a command to the host. */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*)\/(?=[a-z])/gim, '$1\\/');
}
