import { isUtf8 } from 'node:buffer';
import {
  SourceError,
  type AutomationIdentity,
  type HostedChanges,
  type HostedEdit,
  type HostedEntry,
  type HostedRequest,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { contains } from '../repositories/contains';
import { explainMissing } from '../repositories/explainMissing';
import { listTree } from '../trees/listTree';
import { findObstacles, methodOf } from './findObstacles';
import { readChecks, readReview } from './readChecks';
import { findNewest, readRequest } from './readRequest';
import { RepositoryApi } from './RepositoryApi';

const shaSchema = z.object({ sha: z.string() });
const commitSchema = z.object({
  message: z.string(),
  tree: z.object({ sha: z.string() }),
});
const compareSchema = z.object({
  merge_base_commit: z.object({ sha: z.string() }),
  commits: z.array(
    z.object({
      sha: z.string(),
      commit: z.object({
        message: z.string(),
        author: z.object({ email: z.string().nullish() }).nullish(),
        committer: z.object({ email: z.string().nullish() }).nullish(),
      }),
    }),
  ),
});
const blobSchema = z.object({
  content: z.string(),
  encoding: z.literal('base64'),
});

/** Changes of one repository through Git data and pull requests of the API. */
export class GithubChanges implements HostedChanges {
  readonly own: readonly string[];
  readonly #api: RepositoryApi;

  constructor(
    private readonly options: {
      hosts: GithubHosts;
      location: RepositoryLocation;
      identity: AutomationIdentity;
      clock: () => Date;
      signal: AbortSignal;
    },
  ) {
    const { hosts, location, identity, signal } = options;
    this.own = [identity.email];
    this.#api = new RepositoryApi(hosts, location, signal);
  }

  obstacles({ merge }: { merge: boolean }) {
    return findObstacles(this.#api, { what: 'changes', merge });
  }

  head(branch: string) {
    return this.#api.head(branch);
  }

  async contains(commit: string, other: string): Promise<boolean> {
    const { hosts, location, signal } = this.options;
    return contains(hosts, location, { commit, other, signal });
  }

  async mergeBase(base: string, head: string): Promise<string> {
    return (await this.#compare(base, head)).merge_base_commit.sha;
  }

  async commits(from: string, head: string) {
    const { commits } = await this.#compare(from, head);
    return commits.map(({ sha, commit }) => ({
      ...{ id: sha, message: commit.message },
      emails: [commit.author?.email ?? '', commit.committer?.email ?? ''],
    }));
  }

  async list(commit: string): Promise<readonly HostedEntry[]> {
    const { hosts, location, signal } = this.options;
    return explainMissing(hosts, location, commit, { signal }, () =>
      listTree(hosts, location, commit, { signal }),
    );
  }

  async read(_commit: string, { objectId }: HostedEntry): Promise<Buffer> {
    const { content } = await this.#api.read(
      'GET /git/blobs/{file_sha}',
      blobSchema,
      { file_sha: objectId },
    );
    return Buffer.from(content, 'base64');
  }

  async commit(options: {
    branch: string;
    parent: string;
    onto?: string;
    edits: readonly HostedEdit[];
    message: string;
  }): Promise<string> {
    const { branch, parent, onto, edits, message } = options;
    const { identity, clock } = this.options;
    const before = onto ?? parent;
    const { tree: base } = await this.#readCommit(before);
    const entries = await Promise.all(edits.map(edit => this.#entry(edit)));
    const tree = await this.#api.read('POST /git/trees', shaSchema, {
      ...{ base_tree: base.sha, tree: entries },
    });
    const { name, email } = identity;
    const who = { name, email, date: clock().toISOString() };
    const { sha } = await this.#api.read('POST /git/commits', shaSchema, {
      ...{ message, tree: tree.sha, parents: [before] },
      ...{ author: who, committer: who },
    });
    // The host refuses what is there already, and what does not follow.
    await this.#moving(
      onto
        ? this.#api.ask('PATCH /git/refs/{ref}', {
            ...{ ref: `heads/${branch}`, sha, force: false },
          })
        : this.#api.ask('POST /git/refs', { ref: `refs/heads/${branch}`, sha }),
      branch,
    );
    return sha;
  }

  newest(branch: string) {
    return findNewest(this.#api, branch);
  }

  request(id: string) {
    return readRequest(this.#api, id);
  }

  async propose(options: {
    branch: string;
    base: string;
    title: string;
    body: string;
  }): Promise<void> {
    const { branch, ...rest } = options;
    await this.#api.ask('POST /pulls', { head: branch, ...rest });
  }

  async merge(id: string, headCommit: string, message: string): Promise<void> {
    const method = methodOf(await this.#api.repository()) ?? 'merge';
    const [title, ...lines] = message.split('\n');
    try {
      await this.#api.ask('PUT /pulls/{pull_number}/merge', {
        ...{ pull_number: Number(id), sha: headCommit, merge_method: method },
        ...{ commit_title: title, commit_message: lines.join('\n').trim() },
      });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // Refused as 409: the head is another one, or the base moved meanwhile.
      const code = { invalid: 'moved', unauthorized: 'failed' } as const;
      const found = code[error.code as keyof typeof code];
      throw found ? this.#api.error(found, error.message, error) : error;
    }
  }

  async close(id: string, body: string, comment: string): Promise<void> {
    const number = Number(id);
    await this.#api.ask('PATCH /pulls/{pull_number}', {
      ...{ pull_number: number, state: 'closed', body },
    });
    await this.#api.ask('POST /issues/{issue_number}/comments', {
      ...{ issue_number: number, body: comment },
    });
  }

  async deleteBranch(name: string): Promise<void> {
    await this.#api.ask('DELETE /git/refs/{ref}', { ref: `heads/${name}` });
  }

  checks({ headCommit }: HostedRequest) {
    return readChecks(this.#api, headCommit);
  }

  review({ id }: HostedRequest) {
    return readReview(this.#api, id);
  }

  async message(commit: string): Promise<string> {
    return (await this.#readCommit(commit)).message;
  }

  async requestReview(id: string, names: readonly string[]): Promise<void> {
    const plain = names.map(name => name.replace(/^@/, ''));
    const odd = plain.find(name => !/^[\w.-]+(\/[\w.-]+)?$/.test(name));
    if (odd !== undefined) {
      const shown = JSON.stringify(odd.slice(0, 80));
      throw this.#api.error('invalid', `${shown} is no reviewer`);
    }
    await this.#api.ask('POST /pulls/{pull_number}/requested_reviewers', {
      pull_number: Number(id),
      reviewers: plain.filter(name => !name.includes('/')),
      team_reviewers: plain.flatMap(name => name.split('/').slice(1)),
    });
  }

  async #compare(base: string, head: string) {
    return this.#api.read('GET /compare/{basehead}', compareSchema, {
      ...{ basehead: `${base}...${head}`, per_page: 100 },
    });
  }

  async #readCommit(commit: string) {
    return this.#api.read('GET /git/commits/{commit_sha}', commitSchema, {
      commit_sha: commit,
    });
  }

  async #entry({ path, content, executable }: HostedEdit) {
    const mode = executable ? '100755' : '100644';
    const entry = { path, mode, type: 'blob' };
    if (content === null) return { ...entry, sha: null };
    // A text of no length is taken for none.
    if (content.length > 0 && isUtf8(content)) {
      return { ...entry, content: content.toString() };
    }
    const { sha } = await this.#api.read('POST /git/blobs', shaSchema, {
      ...{ content: content.toString('base64'), encoding: 'base64' },
    });
    return { ...entry, sha };
  }

  async #moving(asked: Promise<unknown>, branch: string): Promise<void> {
    try {
      await asked;
    } catch (error) {
      const moved = error instanceof SourceError && error.code === 'invalid';
      if (!moved) throw error;
      throw this.#api.error(
        'moved',
        `${branch} moved meanwhile: ${error.message}`,
        error,
      );
    }
  }
}
