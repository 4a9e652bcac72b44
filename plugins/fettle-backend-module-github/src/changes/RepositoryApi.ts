import {
  changeError,
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ApiAnswer } from '../api/GithubApi';
import type { GithubHosts } from '../api/GithubHosts';

const repositorySchema = z.object({
  default_branch: z.string(),
  archived: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  private: z.boolean().nullish(),
  description: z.string().nullish(),
  topics: z.array(z.string()).nullish(),
  has_issues: z.boolean().nullish(),
  has_wiki: z.boolean().nullish(),
  delete_branch_on_merge: z.boolean().nullish(),
  allow_merge_commit: z.boolean().nullish(),
  allow_squash_merge: z.boolean().nullish(),
  allow_rebase_merge: z.boolean().nullish(),
  permissions: z
    .object({
      push: z.boolean().nullish(),
      admin: z.boolean().nullish(),
      triage: z.boolean().nullish(),
    })
    .nullish(),
});
export type Repository = z.output<typeof repositorySchema>;

type Parameters = Record<string, unknown>;

/** What is asked of one repository to change it. Routes are below `/repos/{owner}/{repo}`. */
export class RepositoryApi {
  constructor(
    private readonly hosts: GithubHosts,
    readonly location: RepositoryLocation,
    readonly signal: AbortSignal,
  ) {}

  async ask(route: string, parameters?: Parameters): Promise<ApiAnswer> {
    const [method, path] = route.split(' ');
    return this.hosts.ask(this.location, {
      route: `${method} /repos/{owner}/{repo}${path ?? ''}`,
      ...{ parameters, signal: this.signal },
    });
  }

  async read<T extends z.ZodType>(
    route: string,
    schema: T,
    parameters?: Parameters,
  ): Promise<z.output<T>> {
    const { data } = await this.ask(route, parameters);
    return this.hosts.parse(this.location, schema, data);
  }

  /** Undefined where it is not there and the repository is. */
  async find<T extends z.ZodType>(
    route: string,
    schema: T,
    parameters?: Parameters,
  ): Promise<z.output<T> | undefined> {
    try {
      return await this.read(route, schema, parameters);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.repository();
      return undefined;
    }
  }

  async repository(): Promise<Repository> {
    return this.read('GET', repositorySchema);
  }

  /** With the scopes of a classic token, where the host tells them. */
  async access(): Promise<{ found: Repository; scopes?: string[] }> {
    const { data, headers } = await this.ask('GET');
    const scopes = headers['x-oauth-scopes'];
    return {
      found: this.hosts.parse(this.location, repositorySchema, data),
      ...(scopes === undefined
        ? {}
        : { scopes: String(scopes).split(/,\s*/).filter(Boolean) }),
    };
  }

  /** The commit of a branch. */
  async head(branch: string): Promise<string | undefined> {
    const schema = z.object({ object: z.object({ sha: z.string() }) });
    const found = await this.find('GET /git/ref/{ref}', schema, {
      ref: `heads/${branch}`,
    });
    return found?.object.sha;
  }

  error(code: SourceError['code'], what: string, cause?: unknown): SourceError {
    return changeError(this.location, code, what, { cause });
  }
}

/** Also an empty repository, which is said to conflict. */
function isMissing(error: unknown): boolean {
  return error instanceof SourceError && error.code === 'not-found';
}
