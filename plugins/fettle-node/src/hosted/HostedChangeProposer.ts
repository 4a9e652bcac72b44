import type {
  ChangeProposer,
  ChangeRequest,
  Obstacle,
  ProposedChange,
} from '../contracts/ChangeProposer';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';
import { assertChange, assertOwnBranch } from './assertChange';
import { assertCommit } from './assertCommit';
import { changeError } from './changeError';
import {
  changeBody,
  closedBody,
  commitMessage,
  mergeMessage,
} from './changeText';
import { describeRequest, isEdited } from './describeRequest';
import type { HostedChanges, HostedRequest } from './HostedChanges';
import { planEdits } from './planEdits';

/** @public */
export interface HostedChangeProposerOptions {
  id: string;
  title: string;
  covers(location: RepositoryLocation): boolean;
  hostOf(location: RepositoryLocation): string;
  open(location: RepositoryLocation, signal: AbortSignal): HostedChanges;
}

/**
 * Proposes changes by a host's API, the same way on each: one commit on a
 * branch of Fettle's, and a pull or merge request. Each step first looks
 * whether an earlier try has done it. Nothing is ever forced: a branch only
 * gets further commits, which its host refuses where it has moved.
 *
 * @public
 */
export class HostedChangeProposer implements ChangeProposer {
  readonly id: string;
  readonly title: string;

  constructor(private readonly options: HostedChangeProposerOptions) {
    this.id = options.id;
    this.title = options.title;
  }

  covers(location: RepositoryLocation): boolean {
    return this.options.covers(location);
  }

  hostOf(location: RepositoryLocation): string {
    return this.options.hostOf(location);
  }

  async check(
    location: RepositoryLocation,
    { signal, merge }: { signal: AbortSignal; merge: boolean },
  ): Promise<Obstacle[]> {
    return this.options.open(location, signal).obstacles({ merge });
  }

  async open(
    location: RepositoryLocation,
    request: ChangeRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    assertChange(location, request);
    const host = this.options.open(location, signal);
    const { base, branch, baseCommit } = request;
    const earlier = await host.newest(branch);
    if (earlier && earlier.state !== 'open')
      return describeRequest(host, earlier);
    const [baseHead, head] = await Promise.all([
      host.head(base),
      host.head(branch),
    ]);
    const holds =
      baseHead === baseCommit ||
      (baseHead && (await host.contains(baseHead, baseCommit)));
    if (!holds) {
      throw changeError(
        location,
        'moved',
        `${base} no longer has ${baseCommit}`,
      );
    }
    const edited = head && (await isEdited(host, baseHead!, head));
    if (edited && earlier) return describeRequest(host, earlier);
    if (edited) {
      throw changeError(
        location,
        'failed',
        `its branch ${branch} has commits of someone else`,
        { action: 'Look at that branch, and delete it if nobody needs it.' },
      );
    }
    await bringTo(host, location, request, head);
    if (!earlier) await propose(host, request);
    const change = await host.newest(branch);
    if (!change) {
      throw changeError(
        location,
        'failed',
        `its host does not show the request for ${branch} yet`,
      );
    }
    return describeRequest(host, change);
  }

  async find(
    location: RepositoryLocation,
    branch: string,
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange | undefined> {
    assertOwnBranch(location, branch);
    const host = this.options.open(location, signal);
    const found = await host.newest(branch);
    return found && describeRequest(host, found);
  }

  async merge(
    location: RepositoryLocation,
    change: { branch: string; id: string; headCommit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    assertCommit(location, change.headCommit);
    const host = this.options.open(location, signal);
    const found = await this.#own(host, location, change);
    if (found.state === 'merged') return describeRequest(host, found);
    if (found.state === 'closed') {
      throw changeError(location, 'failed', `${change.branch} is closed`);
    }
    if (found.headCommit !== change.headCommit) {
      throw changeError(
        location,
        'moved',
        `${change.branch} is not at ${change.headCommit} any more`,
      );
    }
    if (found.mergeable === false) {
      throw changeError(
        location,
        'failed',
        `${change.branch} conflicts with ${found.base}`,
        { action: 'Let it be planned anew.' },
      );
    }
    await host.merge(found.id, found.headCommit, mergeMessage(change.branch));
    return describeRequest(host, await host.request(found.id));
  }

  async close(
    location: RepositoryLocation,
    change: { branch: string; id: string; comment: string },
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    const host = this.options.open(location, signal);
    const found = await this.#own(host, location, change);
    if (found.state === 'open') {
      await host.close(found.id, closedBody(found.body), change.comment);
    }
    const closed = await describeRequest(host, await host.request(found.id));
    const head = await host.head(change.branch);
    const isOwn =
      closed.state === 'closed' &&
      closed.endedByUs &&
      head === found.headCommit &&
      !closed.edited;
    if (isOwn) await host.deleteBranch(change.branch, head);
    return closed;
  }

  async requestReview(
    location: RepositoryLocation,
    change: { branch: string; id: string; reviewers: readonly string[] },
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    if (change.reviewers.length === 0) return;
    const host = this.options.open(location, signal);
    const { id } = await this.#own(host, location, change);
    await host.requestReview(id, change.reviewers);
  }

  /** The request, which must be that of the branch: an id alone could be anybody's. */
  async #own(
    host: HostedChanges,
    location: RepositoryLocation,
    { branch, id }: { branch: string; id: string },
  ): Promise<HostedRequest> {
    assertOwnBranch(location, branch);
    if (!/^\d{1,15}$/.test(id)) {
      throw changeError(
        location,
        'invalid',
        `${JSON.stringify(id)} is no change`,
      );
    }
    const found = await host.request(id);
    if (found.branch === branch) return found;
    throw changeError(
      location,
      'invalid',
      `change ${id} is not that of ${branch}`,
    );
  }
}

/** Makes the branch, or lets it follow, where its files are not those that are asked for. */
async function bringTo(
  host: HostedChanges,
  location: RepositoryLocation,
  request: ChangeRequest,
  head: string | undefined,
): Promise<void> {
  const { branch, baseCommit } = request;
  // A branch whose base has moved on since stays on its own: what it changes is the same.
  const start = head ? await startOf(host, request, head) : baseCommit;
  const base = await host.list(start);
  const tree = head ? await host.list(head) : base;
  const planned = planEdits(
    location,
    { files: request.files, baseCommit: start },
    { base, branch: tree },
  );
  if (planned.length === 0 && head) return;
  if (planned.length === 0) {
    throw changeError(
      location,
      'invalid',
      `${request.base} has these files already`,
      { action: 'Nothing is to be done.' },
    );
  }
  const edits = await Promise.all(
    planned.map(async ({ content, ...edit }) => ({
      ...edit,
      content:
        content === null || Buffer.isBuffer(content)
          ? content
          : await host.read(start, content),
    })),
  );
  await host.commit({
    ...{ branch, parent: start, onto: head, edits },
    message: commitMessage(request),
  });
}

/** Where the commits of a branch begin. */
async function startOf(
  host: HostedChanges,
  { base, baseCommit }: ChangeRequest,
  head: string,
): Promise<string> {
  if (await host.contains(head, baseCommit)) return baseCommit;
  return host.mergeBase(base, head);
}

async function propose(
  host: HostedChanges,
  request: ChangeRequest,
): Promise<void> {
  const { branch, base, title } = request;
  try {
    await host.propose({ branch, base, title, body: changeBody(request) });
  } catch (error) {
    // Another try was quicker, or its answer was lost.
    const exists =
      error instanceof SourceError &&
      error.code === 'invalid' &&
      (await host.newest(branch));
    if (!exists) throw error;
  }
}
