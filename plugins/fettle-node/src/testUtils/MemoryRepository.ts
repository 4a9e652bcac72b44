import { createHash } from 'node:crypto';
import type {
  RepositoryLocation,
  RepositorySnapshot,
} from '../contracts/RepositorySource';
import type { RepositoryTree } from '../contracts/RepositoryTree';
import { SourceError } from '../contracts/SourceError';
import { MemoryTree, type MemoryFile } from './MemoryTree';
import type {
  ChangeableRepository,
  CommitContents,
  ScriptedCommit,
} from './ScriptedRepository';

const RECENT_MS = 90 * 24 * 60 * 60 * 1000;

interface Commit {
  id: string;
  parents: string[];
  files: Record<string, MemoryFile>;
  committedAt: string;
  author: { name: string; email: string };
  message: string;
}

/**
 * One repository of a {@link MemoryRepositorySource}.
 *
 * @public
 */
export class MemoryRepository implements ChangeableRepository {
  /** Thrown by every reading while it is set. */
  failure: SourceError | undefined;
  #removed = false;
  readonly #commits = new Map<string, Commit>();
  readonly #branches = new Map<string, string>();

  /** Made by {@link MemoryRepositorySource.create}. */
  constructor(
    readonly location: RepositoryLocation,
    private defaultBranch: string,
    private readonly onChange: () => void,
  ) {}

  get removed(): boolean {
    return this.#removed;
  }

  async commit(script: ScriptedCommit): Promise<string> {
    const branch = script.branch ?? 'main';
    const parent =
      this.#branches.get(branch) ?? this.#branches.get(this.defaultBranch);
    const merged =
      script.merge === undefined ? undefined : this.#branches.get(script.merge);
    const files = { ...(parent ? this.#commits.get(parent)?.files : {}) };
    for (const [path, file] of Object.entries(script.files ?? {})) {
      if (file === null) delete files[path];
      else files[path] = file;
    }
    const parents = [parent, merged].filter(id => id !== undefined);
    const id = this.write({
      ...{ parents, files, at: script.at },
      author: script.author ?? {
        name: 'Ada Lovelace',
        email: 'ada@example.com',
      },
      message: script.message ?? 'Change',
    });
    this.setBranch(branch, id);
    return id;
  }

  /** Makes a commit of exactly these files, which is on no branch yet. */
  write(commit: {
    parents: string[];
    files: Record<string, MemoryFile>;
    at: string;
    author: { name: string; email: string };
    message: string;
  }): string {
    const { at, ...rest } = commit;
    const id = createHash('sha1').update(JSON.stringify(commit)).digest('hex');
    const committedAt = new Date(at).toISOString();
    this.#commits.set(id, { id, committedAt, ...rest });
    return id;
  }

  setBranch(branch: string, commit: string): void {
    this.#branches.set(branch, commit);
    this.onChange();
  }

  find(branch: string): string {
    return this.#branches.get(branch) ?? '';
  }

  has(commit: string): boolean {
    return this.#commits.has(commit);
  }

  read(commit: string): CommitContents {
    const { parents, files, message, author } = this.#commits.get(commit)!;
    return { parents, files, message, email: author.email };
  }

  /** A commit and all before it. */
  history(commit: string): string[] {
    return this.#history(commit).map(({ id }) => id);
  }

  async setDefaultBranch(branch: string): Promise<void> {
    this.defaultBranch = branch;
    this.onChange();
  }

  async deleteBranch(branch: string): Promise<void> {
    this.#branches.delete(branch);
    this.onChange();
  }

  async remove(): Promise<void> {
    this.#removed = true;
    this.onChange();
  }

  snapshot(now: Date): RepositorySnapshot {
    const headId = this.#branches.get(this.defaultBranch);
    const head = headId === undefined ? undefined : this.#commits.get(headId);
    const history = headId === undefined ? [] : this.#history(headId);
    const contained = new Set(history.map(({ id }) => id));
    const branches = [...this.#branches]
      .map(([name, commit]) => ({
        name,
        commit,
        committedAt: this.#commits.get(commit)!.committedAt,
        ...(head ? { merged: contained.has(commit) } : {}),
      }))
      .sort((a, b) => compare(b.committedAt, a.committedAt));
    const common = {
      branches: branches.slice(0, 1000),
      branchCount: branches.length,
      shallow: false,
    };
    if (!head) {
      return {
        ...common,
        defaultBranch: null,
        head: null,
        headless:
          branches.length === 0
            ? {
                message: 'The repository has no commit on any branch.',
                action: 'Push a first commit.',
              }
            : {
                message: `There is no branch ${this.defaultBranch}, which is to be the default.`,
                action: 'Choose a default branch that exists.',
              },
      };
    }
    const recent = history.filter(
      commit => Date.parse(commit.committedAt) >= now.getTime() - RECENT_MS,
    );
    return {
      ...common,
      defaultBranch: this.defaultBranch,
      head: {
        commit: head.id,
        committedAt: head.committedAt,
        author: head.author.name,
        subject: head.message.split('\n')[0].slice(0, 200),
      },
      recent: {
        commits: recent.length,
        authors: new Set(recent.map(({ author }) => author.email)).size,
      },
    };
  }

  tree(commit: string): RepositoryTree {
    const found = this.#commits.get(commit);
    if (!found) {
      throw new SourceError(
        'moved',
        `Cannot read ${this.location.remote}: commit ${commit} is not there any more.`,
        'Refresh it.',
      );
    }
    return new MemoryTree(found.files, { commit });
  }

  #history(from: string): Commit[] {
    const found = new Map<string, Commit>();
    const open = [from];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const commit = this.#commits.get(id);
      if (!commit || found.has(id)) continue;
      found.set(id, commit);
      open.push(...commit.parents);
    }
    return [...found.values()];
  }
}

function compare(a: string, b: string) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
