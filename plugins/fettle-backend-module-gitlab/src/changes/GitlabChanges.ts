import { buffer } from 'node:stream/consumers';
import {
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
import type { GitlabHosts } from '../api/GitlabHosts';
import { explainMissing } from '../repositories/explainMissing';
import { listTree } from '../trees/listTree';
import { findObstacles } from './findObstacles';
import { ProjectWriter, withoutCommands } from './ProjectWriter';
import { findNewest, readChecks, readRequest, readReview } from './readRequest';

const idSchema = z.object({ id: z.string() });
const commitSchema = idSchema.extend({
  message: z.string().nullish(),
  author_email: z.string().nullish(),
  committer_email: z.string().nullish(),
});
const fileSchema = z.object({ last_commit_id: z.string() });
const peopleSchema = z.array(z.object({ id: z.number() }));

/** Changes of one repository through commits and merge requests of the API. */
export class GitlabChanges implements HostedChanges {
  readonly own: string[];
  readonly #writer: ProjectWriter;

  constructor(
    private readonly options: {
      hosts: GitlabHosts;
      location: RepositoryLocation;
      identity: AutomationIdentity;
      signal: AbortSignal;
    },
  ) {
    const { hosts, location, identity, signal } = options;
    this.own = [identity.email];
    this.#writer = new ProjectWriter(hosts, location, signal);
  }

  obstacles() {
    return findObstacles(this.#writer, 'changes');
  }

  head(branch: string) {
    return this.#writer.head(branch);
  }

  async contains(commit: string, other: string): Promise<boolean> {
    return (await this.#shared(commit, other)) === other;
  }

  async mergeBase(base: string, head: string): Promise<string> {
    const shared = await this.#shared(base, head);
    if (shared) return shared;
    throw this.#writer.error('moved', `${base} and ${head} share no history`);
  }

  /** The host makes its user the committer, whose addresses are asked for. */
  async commits(from: string, head: string): Promise<HostedCommit[]> {
    const schema = z.object({ commits: z.array(commitSchema) });
    const [{ commits }, user] = await Promise.all([
      this.#writer.api.read('/repository/compare', schema, { from, to: head }),
      this.#writer.user(),
    ]);
    const mails = [user?.email, user?.commit_email].flatMap(one => one || []);
    this.own.push(...mails);
    return commits.map(one => ({
      ...{ id: one.id, message: one.message ?? '' },
      emails: [
        one.author_email ?? '',
        // Who committed says nothing where it is not known who Fettle is.
        ...(mails.length > 0 ? [one.committer_email ?? ''] : []),
      ],
    }));
  }

  async list(commit: string): Promise<readonly HostedEntry[]> {
    const { api } = this.#writer;
    return explainMissing(api, commit, () =>
      listTree(api, commit, { sizes: false }),
    );
  }

  async read(_commit: string, { objectId }: HostedEntry): Promise<Buffer> {
    const path = `/repository/blobs/${objectId}/raw`;
    const { body } = await this.#writer.api.stream(path);
    return body ? buffer(body) : Buffer.alloc(0);
  }

  async commit(options: {
    branch: string;
    parent: string;
    onto?: string;
    edits: readonly HostedEdit[];
    message: string;
  }): Promise<string> {
    const { branch, parent, onto, edits, message } = options;
    const { name, email } = this.options.identity;
    const actions = await Promise.all(
      edits.map(edit => this.#actions(edit, onto)),
    );
    try {
      const { data } = await this.#writer.send('POST', '/repository/commits', {
        ...{ branch, commit_message: message, actions: actions.flat() },
        ...{ author_name: name, author_email: email },
        ...(onto ? {} : { start_sha: parent }),
      });
      return idSchema.parse(data).id;
    } catch (error) {
      // Refused: its branch is there already, or a file of it changed.
      const moved =
        error instanceof SourceError &&
        error.code === 'invalid' &&
        (await this.head(branch)) !== onto;
      if (!moved) throw error;
      throw this.#writer.error('moved', `${branch} moved meanwhile`, error);
    }
  }

  newest(branch: string) {
    return findNewest(this.#writer, branch);
  }

  request(id: string) {
    return readRequest(this.#writer, id);
  }

  async propose(options: {
    branch: string;
    base: string;
    title: string;
    body: string;
  }): Promise<void> {
    const { branch, base, title, body } = options;
    await this.#writer.send('POST', '/merge_requests', {
      ...{ source_branch: branch, target_branch: base, title },
      description: withoutCommands(body),
    });
  }

  async merge(id: string, headCommit: string, message: string): Promise<void> {
    try {
      await this.#writer.send('PUT', `/merge_requests/${id}/merge`, {
        ...{ sha: headCommit, merge_commit_message: message },
        squash_commit_message: message,
      });
    } catch (error) {
      const refused =
        error instanceof SourceError &&
        ['invalid', 'not-found', 'unauthorized'].includes(error.code);
      if (!refused) throw error;
      const { headCommit: head } = await this.request(id);
      const isMoved = head !== headCommit;
      const why = isMoved
        ? `it is not at ${headCommit} any more`
        : `its host does not let it be merged: ${error.message}`;
      throw this.#writer.error(isMoved ? 'moved' : 'failed', why, error);
    }
  }

  async close(id: string, body: string, comment: string): Promise<void> {
    const path = `/merge_requests/${id}`;
    await this.#writer.send('PUT', path, {
      ...{ state_event: 'close', description: body },
    });
    const note = { body: withoutCommands(comment) };
    await this.#writer.send('POST', `${path}/notes`, note);
  }

  async deleteBranch(name: string): Promise<void> {
    const path = `/repository/branches/${encodeURIComponent(name)}`;
    await this.#writer.send('DELETE', path);
  }

  checks({ headCommit }: HostedRequest) {
    return readChecks(this.#writer, headCommit);
  }

  review({ id }: HostedRequest) {
    return readReview(this.#writer, id);
  }

  async message(commit: string): Promise<string> {
    const path = `/repository/commits/${commit}`;
    return (await this.#writer.api.read(path, commitSchema)).message ?? '';
  }

  /** Adds them to those who are asked already. */
  async requestReview(id: string, names: readonly string[]): Promise<void> {
    const path = `/merge_requests/${id}`;
    const schema = z.object({ reviewers: peopleSchema.nullish() });
    const { reviewers } = await this.#writer.api.read(path, schema);
    const ids = new Set(reviewers?.map(one => one.id));
    for (const name of names) {
      const username = name.replace(/^@/, '');
      const [found] = await this.#writer.api.readPeople(username, peopleSchema);
      if (!found) {
        const shown = JSON.stringify(username.slice(0, 80));
        throw this.#writer.error('invalid', `${shown} is nobody on its host`);
      }
      ids.add(found.id);
    }
    await this.#writer.send('PUT', path, { reviewer_ids: [...ids] });
  }

  async #shared(a: string, b: string): Promise<string | undefined> {
    const found = await this.#writer.find(
      // A list, which is named twice.
      `/repository/merge_base?refs[]=${encodeURIComponent(
        a,
      )}&refs[]=${encodeURIComponent(b)}`,
      idSchema,
    );
    return found?.id;
  }

  async #actions(
    { path, before, content, executable }: HostedEdit,
    onto?: string,
  ) {
    const file = { file_path: path };
    // The commit it had when it was looked at: another one is refused.
    const seen = before && onto ? await this.#lastCommit(path, onto) : {};
    if (content === null) return [{ action: 'delete', ...file, ...seen }];
    const text = { content: content.toString('base64'), encoding: 'base64' };
    const mode =
      (before?.executable ?? false) === executable
        ? []
        : [{ action: 'chmod', ...file, execute_filemode: executable }];
    return [
      { action: before ? 'update' : 'create', ...file, ...text, ...seen },
      ...mode,
    ];
  }

  async #lastCommit(path: string, ref: string) {
    const file = `/repository/files/${encodeURIComponent(path)}`;
    return this.#writer.api.read(file, fileSchema, { ref });
  }
}
