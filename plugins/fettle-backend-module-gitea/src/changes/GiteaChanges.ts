import {
  blobId,
  SourceError,
  type AutomationIdentity,
  type HostedChanges,
  type HostedCommit,
  type HostedEdit,
  type HostedEntry,
  type HostedRequest,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GiteaHosts } from '../api/GiteaHosts';
import { readPages } from '../api/readPages';
import { BRIEF, commitSchema, type Commit } from '../repositories/commits';
import { explainMissing } from '../repositories/explainMissing';
import { listTree } from '../trees/listTree';
import { readBlobs } from '../trees/readBlobs';
import { findObstacles, methodOf } from './findObstacles';
import { findNewest, readChecks, readRequest, readReview } from './readRequest';
import { RepositoryWriter } from './RepositoryWriter';

/** 100 commits. */
const MOST_PAGES = 2;

const writtenSchema = z.object({ commit: z.object({ sha: z.string() }) });

/** Changes of one repository through contents and pull requests of the API. */
export class GiteaChanges implements HostedChanges {
  readonly own: readonly string[];
  readonly #writer: RepositoryWriter;

  constructor(
    private readonly options: {
      hosts: GiteaHosts;
      location: RepositoryLocation;
      identity: AutomationIdentity;
      clock: () => Date;
      signal: AbortSignal;
    },
  ) {
    const { hosts, location, identity, signal } = options;
    this.own = [identity.email];
    this.#writer = new RepositoryWriter(hosts, location, signal);
  }

  obstacles({ merge }: { merge: boolean }) {
    return findObstacles(this.#writer, { what: 'changes', merge });
  }

  head(branch: string) {
    return this.#writer.head(branch);
  }

  async contains(commit: string, other: string): Promise<boolean> {
    const { repos, name, api } = this.#writer;
    const asked = repos.repoGetSingleCommit(...name, other, BRIEF);
    const found = await this.#writer.find(api.read(asked, commitSchema));
    if (!found) return false;
    return (await this.#between(commit, other)).length === 0;
  }

  /** The first parent of the oldest commit that `base` has not. */
  async mergeBase(base: string, head: string): Promise<string> {
    const commits = await this.#between(base, head);
    return commits.at(-1)?.parents?.[0]?.sha ?? head;
  }

  async commits(from: string, head: string): Promise<HostedCommit[]> {
    const commits = await this.#between(from, head);
    return commits.map(({ sha, commit }) => ({
      ...{ id: sha, message: commit.message ?? '' },
      emails: [commit.author?.email ?? '', commit.committer?.email ?? ''],
    }));
  }

  async list(commit: string): Promise<readonly HostedEntry[]> {
    const { signal } = this.options;
    const { api } = this.#writer;
    return explainMissing(api, commit, () => listTree(api, commit, { signal }));
  }

  async read(_commit: string, entry: HostedEntry): Promise<Buffer> {
    const wanted = new Map([[entry.objectId, entry.size]]);
    const found = await readBlobs(this.#writer.api, wanted);
    return found.get(entry.objectId)!;
  }

  /** Texts in one commit, and in another one that files are executable, where they are to be. */
  async commit(options: {
    branch: string;
    parent: string;
    onto?: string;
    edits: readonly HostedEdit[];
    message: string;
  }): Promise<string> {
    const { branch, parent, onto, edits, message } = options;
    const { repos, name, api } = this.#writer;
    // The host starts a branch at a commit only where it has nothing of its own.
    if (!onto) await this.#writer.createBranch(branch, parent);
    const texts = edits.filter(
      ({ content, before }) =>
        content === null || blobId(content, parent) !== before?.objectId,
    );
    const modes = edits.filter(
      ({ content, before, executable }) =>
        content !== null && executable !== (before?.executable ?? false),
    );
    const { identity, clock } = this.options;
    const who = { name: identity.name, email: identity.email };
    const date = clock().toISOString();
    const common = {
      ...{ branch, message, author: who, committer: who },
      dates: { author: date, committer: date },
    };
    let head = onto ?? parent;
    if (texts.length > 0) {
      const files = texts.map(toOperation);
      const asked = repos.repoChangeFiles(...name, { ...common, files });
      head = await this.#written(api.read(asked, writtenSchema), branch, head);
    }
    if (modes.length > 0) {
      const content = modes.map(toPatch).join('');
      const patch = { ...common, content, sha: head };
      const asked = repos.repoApplyDiffPatch(...name, patch);
      head = await this.#written(api.read(asked, writtenSchema), branch, head);
    }
    return head;
  }

  newest(branch: string) {
    return findNewest(this.#writer, branch, this.options.clock());
  }

  request(id: string) {
    return readRequest(this.#writer, id, this.options.clock());
  }

  async propose(options: {
    branch: string;
    base: string;
    title: string;
    body: string;
  }): Promise<void> {
    const { branch: head, ...rest } = options;
    const { repos, name } = this.#writer;
    await repos.repoCreatePullRequest(...name, { head, ...rest });
  }

  async merge(id: string, headCommit: string, message: string): Promise<void> {
    const { repos, name } = this.#writer;
    const method = methodOf(await this.#writer.repository()) ?? 'merge';
    const [title, ...lines] = message.split('\n');
    try {
      await repos.repoMergePullRequest(...name, Number(id), {
        ...{ Do: method, head_commit_id: headCommit, MergeTitleField: title },
        MergeMessageField: lines.join('\n').trim(),
      });
    } catch (error) {
      const refused =
        error instanceof SourceError &&
        ['invalid', 'not-found', 'unauthorized'].includes(error.code);
      if (!refused) throw error;
      const { headCommit: head } = await this.request(id);
      throw head === headCommit
        ? this.#writer.error(
            'failed',
            `its host does not let it be merged: ${error.message}`,
            error,
          )
        : this.#writer.error(
            'moved',
            `it is not at ${headCommit} any more`,
            error,
          );
    }
  }

  async close(id: string, body: string, comment: string): Promise<void> {
    const { repos, name } = this.#writer;
    const number = Number(id);
    await repos.repoEditPullRequest(...name, number, { state: 'closed', body });
    await repos.issueCreateComment(...name, number, { body: comment });
  }

  async deleteBranch(branch: string): Promise<void> {
    await this.#writer.deleteBranch(branch);
  }

  checks({ headCommit }: HostedRequest) {
    return readChecks(this.#writer, headCommit);
  }

  review({ id }: HostedRequest) {
    return readReview(this.#writer, id);
  }

  async message(commit: string): Promise<string> {
    const { repos, name, api } = this.#writer;
    const asked = repos.repoGetSingleCommit(...name, commit, BRIEF);
    return (await api.read(asked, commitSchema)).commit.message ?? '';
  }

  async requestReview(id: string, names: readonly string[]): Promise<void> {
    const { repos, name } = this.#writer;
    const plain = names.map(one => one.replace(/^@/, ''));
    const odd = plain.find(one => !/^[\w.-]+(\/[\w.-]+)?$/.test(one));
    if (odd !== undefined) {
      const shown = JSON.stringify(odd.slice(0, 80));
      throw this.#writer.error('invalid', `${shown} is no reviewer`);
    }
    await repos.repoCreatePullReviewRequests(...name, Number(id), {
      reviewers: plain.filter(one => !one.includes('/')),
      team_reviewers: plain.flatMap(one => one.split('/').slice(1)),
    });
  }

  /** Commits of `head` that `from` has not, newest first. */
  async #between(from: string, head: string): Promise<Commit[]> {
    const { repos, name, api } = this.#writer;
    const { items } = await readPages({
      mostPages: MOST_PAGES,
      read: paging => {
        const query = { sha: head, not: from, ...BRIEF, ...paging };
        const asked = repos.repoGetAllCommits(...name, query);
        return api.readPage(asked, z.array(commitSchema));
      },
    });
    return items;
  }

  async #written(
    writing: Promise<z.output<typeof writtenSchema>>,
    branch: string,
    onto: string,
  ): Promise<string> {
    try {
      return (await writing).commit.sha;
    } catch (error) {
      // Refused where a file is another one than was seen.
      const moved =
        error instanceof SourceError &&
        error.code === 'invalid' &&
        (await this.head(branch)) !== onto;
      if (!moved) throw error;
      throw this.#writer.error('moved', `${branch} moved meanwhile`, error);
    }
  }
}

function toOperation({ path, before, content }: HostedEdit) {
  const seen = before ? { sha: before.objectId } : {};
  if (content === null) return { operation: 'delete' as const, path, ...seen };
  return {
    operation: before ? ('update' as const) : ('create' as const),
    ...{ path, content: content.toString('base64'), ...seen },
  };
}

/** A patch of nothing but the mode: the host would trim the ends of lines in texts. */
function toPatch({ path, executable }: HostedEdit): string {
  const name = path.replace(/["\\]/g, '\\$&');
  const [before, after] = executable ? ['644', '755'] : ['755', '644'];
  return `diff --git "a/${name}" "b/${name}"\nold mode 100${before}\nnew mode 100${after}\n`;
}
