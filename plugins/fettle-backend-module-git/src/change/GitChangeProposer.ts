import {
  assertChange,
  assertCommit,
  assertOwnBranch,
  commitMessage,
  mergeMessage,
  SourceError,
  type AutomationIdentity,
  type ChangeProposer,
  type ChangeRequest,
  type Obstacle,
  type ProposedChange,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { GitRepositorySource } from '../GitRepositorySource';
import type { RefUpdate } from '../mirror/RefUpdate';
import { describeChange } from './describeChange';
import { findObstacles } from './findObstacles';
import { hasCommit, mergeTrees } from './mergeTrees';
import { branchRef, readRecord, recordRef, type Record } from './readRecord';
import {
  publishing,
  updateRefs,
  type WritableRepository,
} from './WritableRepository';
import { commitTree, writeCommit } from './writeCommit';

const MOST_BASES = 10_000;

/**
 * Proposes changes as branches, where there are no pull requests: in a folder,
 * or by pushing to a remote. Refs under `refs/fettle` keep what Fettle did.
 */
export class GitChangeProposer implements ChangeProposer {
  readonly id = 'git';
  readonly title = 'Git';
  readonly fallback = true;
  /** Where changes go that were looked at before. */
  readonly #bases = new Map<string, string>();

  constructor(
    private readonly source: GitRepositorySource,
    private readonly identity: AutomationIdentity,
  ) {}

  covers(location: RepositoryLocation): boolean {
    return this.source.reads(location);
  }

  hostOf({ host }: RepositoryLocation): string {
    return host;
  }

  async check(
    location: RepositoryLocation,
    { signal, merge }: { signal: AbortSignal; merge: boolean },
  ): Promise<Obstacle[]> {
    return this.source.write(location, { signal }, repository =>
      findObstacles(repository, { merge }),
    );
  }

  async open(
    location: RepositoryLocation,
    request: ChangeRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    assertChange(location, request);
    const { branch, base } = request;
    return this.source.write(location, { signal }, async repository => {
      const record = await this.#read(repository, branch, base);
      const earlier = await describeChange(repository, branch, record);
      if (earlier && (earlier.state !== 'open' || earlier.edited)) {
        return earlier;
      }
      if (record.head && !earlier) {
        throw failure(
          repository,
          'failed',
          `its branch ${branch} is someone else's`,
          'Look at that branch, and delete it if nobody needs it.',
        );
      }
      const own = await this.#write(repository, request, record);
      const now = own ? { ...record, head: own.commit, own } : record;
      return (await describeChange(repository, branch, now))!;
    });
  }

  async find(
    location: RepositoryLocation,
    branch: string,
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange | undefined> {
    assertOwnBranch(location, branch);
    return this.source.write(location, { signal }, async repository =>
      describeChange(repository, branch, await this.#read(repository, branch)),
    );
  }

  async merge(
    location: RepositoryLocation,
    change: { branch: string; id: string; headCommit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    const { branch, headCommit } = change;
    assertOwnBranch(location, branch);
    assertCommit(location, headCommit);
    return this.source.write(location, { signal }, async repository => {
      const { found, record } = await this.#known(repository, branch);
      if (found.state === 'merged') return found;
      if (found.state === 'closed') {
        throw failure(repository, 'failed', `${branch} is closed`);
      }
      if (found.headCommit !== headCommit) {
        throw failure(
          repository,
          'moved',
          `${branch} is not at ${headCommit} any more`,
        );
      }
      const to = await this.#merge(repository, found, record);
      const merged = { commit: to, at: repository.now().toISOString() };
      const now = { ...record, head: undefined, merged };
      return (await describeChange(repository, branch, now))!;
    });
  }

  async close(
    location: RepositoryLocation,
    change: { branch: string; id: string; comment: string },
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    const { branch } = change;
    assertOwnBranch(location, branch);
    return this.source.write(location, { signal }, async repository => {
      const { found, record } = await this.#known(repository, branch);
      if (found.state !== 'open') return found;
      const { headCommit, edited } = found;
      const name = branchRef(branch);
      await publish(repository, [
        {
          ref: recordRef('closed', branch),
          ...{ from: null, to: record.own!.commit },
        },
        ...(edited ? [] : [{ ref: name, from: headCommit, to: null }]),
      ]);
      return (await this.#known(repository, branch)).found;
    });
  }

  /** In one process where its base is known already. */
  async #read(
    repository: WritableRepository,
    branch: string,
    given?: string,
  ): Promise<Record> {
    const { signal } = repository;
    const key = `${repository.remote} ${branch}`;
    const wanted = given ?? this.#bases.get(key);
    const record = await readRecord(repository, branch, signal, wanted);
    const base = record.own?.base ?? wanted;
    if (base === undefined) return record;
    if (this.#bases.size >= MOST_BASES) this.#bases.clear();
    this.#bases.set(key, base);
    return base === wanted
      ? record
      : readRecord(repository, branch, signal, base);
  }

  async #known(repository: WritableRepository, branch: string) {
    const record = await this.#read(repository, branch);
    const found = await describeChange(repository, branch, record);
    if (found) return { found, record };
    throw failure(repository, 'not-found', `there is no change ${branch}`);
  }

  async #write(
    repository: WritableRepository,
    request: ChangeRequest,
    record: Record,
  ): Promise<Record['own']> {
    const { branch, base, baseCommit, files } = request;
    const { head: onto } = record;
    const head = record.onto?.commit;
    const holds =
      head === baseCommit ||
      (head && (await hasCommit(repository, head, baseCommit)));
    if (!holds) {
      throw failure(repository, 'moved', `${base} no longer has ${baseCommit}`);
    }
    const message = commitMessage(request);
    const { draft, isEmpty, parents } = await writeCommit(repository, {
      draft: recordRef('own', branch).replace('/own/', '/draft/'),
      ...{ baseCommit, onto, files, message, identity: this.identity },
    });
    const { commit, done } = draft;
    if (isEmpty) {
      await updateRefs(repository, [done], repository.signal);
      if (onto) return undefined;
      throw failure(
        repository,
        'invalid',
        `${base} has these files already`,
        'Nothing is to be done.',
      );
    }
    const from = onto ?? null;
    await publish(
      repository,
      [
        { ref: branchRef(branch), from, to: commit },
        { ref: recordRef('own', branch), from, to: commit },
      ],
      [done],
    );
    const at = repository.now().toISOString();
    return { commit, base, at, parents, message, checkedOut: false };
  }

  async #merge(
    repository: WritableRepository,
    { branch, base, headCommit }: ProposedChange,
    { onto, own }: Record,
  ): Promise<string> {
    const name = branchRef(base);
    if (!onto) throw failure(repository, 'moved', `${base} is gone`);
    if (onto.checkedOut) {
      throw failure(
        repository,
        'failed',
        `${base} is checked out, and its files would not follow`,
        'Merge it there, or use a bare repository.',
      );
    }
    const forward =
      (headCommit === own?.commit && own.parents.includes(onto.commit)) ||
      (await hasCommit(repository, headCommit, onto.commit));
    const to = forward
      ? headCommit
      : await this.#mergeCommit(repository, branch, [onto.commit, headCommit]);
    await publish(repository, [
      { ref: name, from: onto.commit, to },
      { ref: recordRef('merged', branch), from: null, to },
      { ref: branchRef(branch), from: headCommit, to: null },
    ]);
    return to;
  }

  async #mergeCommit(
    repository: WritableRepository,
    branch: string,
    parents: [string, string],
  ): Promise<string> {
    const tree = await mergeTrees(repository, ...parents);
    if (tree) {
      return commitTree(repository, this.identity, {
        ...{ tree, parents, message: mergeMessage(branch) },
        seconds: Math.floor(repository.now().getTime() / 1000),
      });
    }
    throw tree === null
      ? failure(
          repository,
          'failed',
          `${branch} conflicts with its base`,
          'Let it be planned anew.',
        )
      : failure(
          repository,
          'failed',
          'git cannot merge without a work tree',
          'Install git 2.38 or newer.',
        );
  }
}

/** Here, and at the remote if there is one. What is only of this place is `own`. */
async function publish(
  repository: WritableRepository,
  updates: readonly RefUpdate[],
  own: readonly RefUpdate[] = [],
): Promise<void> {
  const { isRemote, signal } = repository;
  const here = () => updateRefs(repository, [...updates, ...own], signal);
  await publishing(repository, async () => {
    if (isRemote) await repository.publish(updates);
    await here();
  });
}

function failure(
  { remote }: { remote: string },
  code: SourceError['code'],
  what: string,
  action = 'Fettle looks again by itself.',
): SourceError {
  return new SourceError(code, `Cannot change ${remote}: ${what}.`, action);
}
