import type {
  ChangeProposer,
  ChangeRequest,
  Obstacle,
  ProposedChange,
} from '../contracts/ChangeProposer';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError, type SourceErrorCode } from '../contracts/SourceError';
import { assertChange, assertOwnBranch, folders } from '../hosted/assertChange';
import { commitMessage } from '../hosted/changeText';
import { mergeMemory } from './mergeMemory';
import type { MemoryRepository } from './MemoryRepository';
import type { MemoryRepositorySource } from './MemoryRepositorySource';
import type { MemoryFile } from './MemoryTree';

const FETTLE = { name: 'Fettle', email: 'fettle@example.com' };

interface Stored {
  change: ProposedChange;
  baseCommit: string;
}

/**
 * Changes of the repositories of a {@link MemoryRepositorySource}. What CI,
 * reviewers and other people do, a test says by {@link MemoryChangeProposer.set}.
 *
 * @public
 */
export class MemoryChangeProposer implements ChangeProposer {
  readonly id: string;
  readonly title = 'Memory';
  /** What `check` finds. */
  obstacles: Obstacle[] = [];
  /** Thrown by every method while it is set. */
  failure: SourceError | undefined;
  /** Each call that changed something, for example `open fettle/x/0123`. */
  readonly done: string[] = [];
  readonly #changes = new Map<string, Map<string, Stored>>();
  #number = 0;

  constructor(
    private readonly source: MemoryRepositorySource,
    options: { id?: string } = {},
  ) {
    this.id = options.id ?? 'memory';
  }

  covers(location: RepositoryLocation): boolean {
    return this.source.reads(location);
  }

  hostOf({ host }: RepositoryLocation): string {
    return host;
  }

  async check(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal; merge: boolean },
  ): Promise<Obstacle[]> {
    this.#open(location, signal);
    return this.obstacles;
  }

  async open(
    location: RepositoryLocation,
    request: ChangeRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    assertChange(location, request);
    const repository = this.#open(location, signal);
    const { branch, base, baseCommit } = request;
    const earlier = await this.find(location, branch, { signal });
    if (earlier && (earlier.state !== 'open' || earlier.edited)) return earlier;
    const baseHead = repository.find(base);
    if (!baseHead || !repository.history(baseHead).includes(baseCommit)) {
      throw fail(location, 'moved', `${base} no longer has ${baseCommit}`);
    }
    const head = repository.find(branch);
    const before = repository.read(baseCommit).files;
    const files = edit(location, before, request);
    const is = JSON.stringify(
      sorted(repository.read(head || baseCommit).files),
    );
    if (is !== JSON.stringify(sorted(files))) {
      const commit = repository.write({
        ...{ files, author: FETTLE, message: commitMessage(request) },
        parents: head ? [head, baseCommit] : [baseCommit],
        at: this.source.now.toISOString(),
      });
      repository.setBranch(branch, commit);
      this.done.push(`open ${branch}`);
    } else if (!head) {
      throw fail(location, 'invalid', `${base} has these files already`);
    }
    const own = this.#of(location);
    const { change } = own.get(branch) ?? {
      change: {
        ...{ id: String(++this.#number), branch, base },
        url: `${location.remote}/changes/${this.#number}`,
        headCommit: repository.find(branch),
        ...{ state: 'open', checks: 'none', review: 'none', edited: false },
        openedAt: this.source.now.toISOString(),
      } satisfies ProposedChange,
    };
    own.set(branch, { change, baseCommit });
    return (await this.find(location, branch, { signal }))!;
  }

  async find(
    location: RepositoryLocation,
    branch: string,
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange | undefined> {
    assertOwnBranch(location, branch);
    const repository = this.#open(location, signal);
    const stored = this.#of(location).get(branch);
    if (!stored) return undefined;
    const { change, baseCommit } = stored;
    if (change.state !== 'open') return { ...change };
    const headCommit = repository.find(branch) || change.headCommit;
    const known = new Set(repository.history(baseCommit));
    const edited = repository
      .history(headCommit)
      .filter(commit => !known.has(commit))
      .some(commit => repository.read(commit).email !== FETTLE.email);
    const mergeable =
      mergeMemory(repository, repository.find(change.base), headCommit) !==
      null;
    return { mergeable, ...change, headCommit, edited };
  }

  async merge(
    location: RepositoryLocation,
    change: { branch: string; id: string; headCommit: string },
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    const found = await this.#find(location, change, signal);
    if (found.state === 'merged') return found;
    if (found.headCommit !== change.headCommit) {
      throw fail(location, 'moved', `${change.branch} is at another commit`);
    }
    const mergeCommit = this.#merge(location, found, signal);
    this.done.push(`merge ${change.branch}`);
    return this.set(location, change.branch, {
      ...{ state: 'merged', mergeCommit, endedBy: 'fettle', endedByUs: true },
      endedAt: this.source.now.toISOString(),
    });
  }

  async close(
    location: RepositoryLocation,
    change: { branch: string; id: string; comment: string },
    { signal }: { signal: AbortSignal },
  ): Promise<ProposedChange> {
    const found = await this.#find(location, change, signal);
    if (found.state !== 'open') return found;
    const repository = this.#open(location, signal);
    if (!found.edited) await repository.deleteBranch(change.branch);
    this.done.push(`close ${change.branch}`);
    return this.set(location, change.branch, {
      ...{ state: 'closed', endedBy: 'fettle', endedByUs: true },
      ...{ edited: found.edited, headCommit: found.headCommit },
      endedAt: this.source.now.toISOString(),
    });
  }

  async requestReview(
    location: RepositoryLocation,
    change: { branch: string; id: string; reviewers: readonly string[] },
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    await this.#find(location, change, signal);
    this.done.push(`review ${change.branch} ${change.reviewers.join(' ')}`);
  }

  /** What CI, a reviewer or somebody else did to a change, for example `{ checks: 'passed' }`. */
  set(
    location: RepositoryLocation,
    branch: string,
    what: Partial<ProposedChange>,
  ): ProposedChange {
    const stored = this.#of(location).get(branch);
    if (!stored) throw new Error(`There is no change ${branch}`);
    Object.assign(stored.change, what);
    return { ...stored.change };
  }

  /** Merges it as a person does. */
  mergeAsPerson(location: RepositoryLocation, branch: string): void {
    const { change } = this.#of(location).get(branch)!;
    const { signal } = new AbortController();
    const mergeCommit = this.#merge(location, change, signal);
    const ended = { endedBy: 'ada', endedByUs: false };
    this.set(location, branch, { state: 'merged', mergeCommit, ...ended });
  }

  /** How many changes a repository has. */
  count(location: RepositoryLocation): number {
    return this.#of(location).size;
  }

  #merge(
    location: RepositoryLocation,
    { branch, base, state }: ProposedChange,
    signal: AbortSignal,
  ): string {
    const repository = this.#open(location, signal);
    const [onto, head] = [repository.find(base), repository.find(branch)];
    const files = mergeMemory(repository, onto, head);
    if (state !== 'open' || !files) {
      throw fail(location, 'failed', `${branch} cannot be merged into ${base}`);
    }
    const commit = repository.write({
      ...{ parents: [onto, head], files, author: FETTLE },
      ...{ message: `Merge ${branch}`, at: this.source.now.toISOString() },
    });
    repository.setBranch(base, commit);
    return commit;
  }

  async #find(
    location: RepositoryLocation,
    { branch }: { branch: string },
    signal: AbortSignal,
  ): Promise<ProposedChange> {
    const found = await this.find(location, branch, { signal });
    if (found) return found;
    throw fail(location, 'not-found', `there is no change ${branch}`);
  }

  #open(location: RepositoryLocation, signal: AbortSignal): MemoryRepository {
    if (this.failure) throw this.failure;
    return this.source.open(location, signal);
  }

  #of({ remote }: RepositoryLocation): Map<string, Stored> {
    const found = this.#changes.get(remote) ?? new Map<string, Stored>();
    this.#changes.set(remote, found);
    return found;
  }
}

function edit(
  location: RepositoryLocation,
  before: Readonly<Record<string, MemoryFile>>,
  { files }: ChangeRequest,
): Record<string, MemoryFile> {
  const after = { ...before };
  for (const { path, content } of files)
    if (content === null) delete after[path];
  for (const { path, content, executable } of files) {
    if (content === null) continue;
    const was = before[path];
    const plain =
      was === undefined || typeof was === 'string' || Buffer.isBuffer(was);
    const isRunnable = !plain && 'executable' in was;
    const isFolder = Object.keys(after).some(one => one.startsWith(`${path}/`));
    if (
      (!plain && !isRunnable) ||
      isFolder ||
      folders(path).some(folder => folder in after)
    ) {
      throw fail(location, 'invalid', `${path} is not a plain file`);
    }
    const runs = was === undefined ? executable : isRunnable;
    after[path] = runs ? { text: content, executable: true } : content;
  }
  return after;
}

function sorted(files: Readonly<Record<string, MemoryFile>>) {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

function fail(
  { remote }: RepositoryLocation,
  code: SourceErrorCode,
  what: string,
): SourceError {
  return new SourceError(code, `Cannot change ${remote}: ${what}.`, 'Look.');
}
