import type {
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from 'backstage-plugin-fettle-node';
import { asSource } from '../git/toSourceError';
import { decodeName } from './decodeName';
import { findLines } from './findLines';
import { listTree, type GitTreeEntry } from './listTree';
import type { LocalRepository } from './LocalRepository';
import { readBlobs } from './readBlobs';

const DEFAULT_MAX_BYTES = 1024 * 1024;
const DEFAULT_LIMIT = 1_000;
/** No system follows a longer one. */
const MAX_TARGET_BYTES = 4096;
/** As git does: a NUL byte near the start makes a file binary. */
const BINARY_WINDOW = 8_000;

/** The files of a commit, read from git's own store. Nothing is checked out. */
export class GitTree implements RepositoryTree {
  /** Lists the files, which also proves that the commit is there. */
  static async open(
    repository: LocalRepository,
    commit: string,
    options: { signal: AbortSignal; maxEntries: number },
  ): Promise<GitTree> {
    const entries = await asSource(repository.remote, () =>
      listTree(repository, commit, options),
    );
    return new GitTree(repository, commit, entries, options.signal);
  }

  private byPath: Map<string, GitTreeEntry> | undefined;

  private constructor(
    private readonly repository: LocalRepository,
    readonly commit: string,
    private readonly entries: readonly GitTreeEntry[],
    private readonly signal: AbortSignal,
  ) {}

  async list(): Promise<TreeEntry[]> {
    return this.entries.map(({ path, type, executable, size }) => ({
      path,
      type,
      executable,
      size,
    }));
  }

  async read(
    paths: readonly string[],
    options: { maxBytes?: number } = {},
  ): Promise<Map<string, TreeFile>> {
    const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.byPath ??= new Map(this.entries.map(entry => [entry.path, entry]));

    const found: GitTreeEntry[] = [];
    for (const path of new Set(paths)) {
      const entry = this.byPath.get(path);
      if (entry) found.push(entry);
    }
    const wanted = new Map(
      found
        .filter(
          ({ type, size }) =>
            (type === 'file' && size <= maxBytes) ||
            (type === 'symlink' && size <= MAX_TARGET_BYTES),
        )
        .map(({ objectId, size }) => [objectId, size]),
    );
    const contents = await asSource(this.repository.remote, () =>
      readBlobs(this.repository, wanted, this.signal),
    );
    return new Map(
      found.map(entry => [
        entry.path,
        toFile(entry, contents.get(entry.objectId)),
      ]),
    );
  }

  async findLines(
    prefixes: readonly string[],
    options: { limit?: number } = {},
  ) {
    if (prefixes.length === 0) return { lines: [], complete: true };
    return asSource(this.repository.remote, () =>
      findLines(this.repository, this.commit, this.entries, prefixes, {
        signal: this.signal,
        limit: options.limit ?? DEFAULT_LIMIT,
      }),
    );
  }
}

function toFile(entry: GitTreeEntry, content: Buffer | undefined): TreeFile {
  const { path, size } = entry;
  if (entry.type === 'symlink' && content) {
    return { path, size, omitted: 'not-a-file', target: decodeName(content) };
  }
  if (entry.type !== 'file') return { path, size, omitted: 'not-a-file' };
  if (!content) return { path, size, omitted: 'too-large' };
  if (content.subarray(0, BINARY_WINDOW).includes(0)) {
    return { path, size, omitted: 'binary' };
  }
  // Drops a byte order mark, and replaces what is not UTF-8.
  return { path, size, text: new TextDecoder('utf-8').decode(content) };
}
