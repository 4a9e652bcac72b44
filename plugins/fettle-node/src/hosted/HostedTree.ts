import { SourceError } from '../contracts/SourceError';
import type {
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from '../contracts/RepositoryTree';
import { decodeName } from './decodeName';
import { findLines } from './findLines';
import type { HostedEntry } from './HostedEntry';
import type { HostedTreeOptions } from './HostedTreeOptions';

const DEFAULT_MAX_BYTES = 1024 * 1024;
const DEFAULT_LIMIT = 1_000;
/** No system follows a longer one. */
const MOST_TARGET_BYTES = 4096;
/** As Git does: a NUL near the start makes a file binary. */
const BINARY_WINDOW = 8_000;

/**
 * The files of a commit on a host that is asked through its API. Files are read
 * one by one, and searched in the archive of the commit.
 *
 * @public
 */
export class HostedTree implements RepositoryTree {
  readonly commit: string;
  readonly #byPath: ReadonlyMap<string, HostedEntry>;

  constructor(private readonly options: HostedTreeOptions) {
    this.commit = options.commit;
    this.#byPath = new Map(options.entries.map(entry => [entry.path, entry]));
  }

  /** {@inheritDoc RepositoryTree.list} */
  async list(): Promise<TreeEntry[]> {
    return this.options.entries.map(({ path, type, executable, size }) => ({
      ...{ path, type, executable, size },
    }));
  }

  /** {@inheritDoc RepositoryTree.read} */
  async read(
    paths: readonly string[],
    { maxBytes = DEFAULT_MAX_BYTES }: { maxBytes?: number } = {},
  ): Promise<Map<string, TreeFile>> {
    const found = [...new Set(paths)].flatMap(
      path => this.#byPath.get(path) ?? [],
    );
    const wanted = new Map(
      found
        .filter(
          ({ type, size }) =>
            (type === 'file' && size <= maxBytes) ||
            (type === 'symlink' && size <= MOST_TARGET_BYTES),
        )
        .map(({ objectId, size }) => [objectId, size]),
    );
    const { remote, readBlobs } = this.options;
    const contents = wanted.size > 0 ? await readBlobs(wanted) : new Map();
    return new Map(
      found.map(entry => {
        const { objectId, path } = entry;
        if (!wanted.has(objectId)) return [path, withoutText(entry)];
        const content = contents.get(objectId);
        if (content === undefined) throw missing(remote, path);
        return [path, toFile(entry, content)];
      }),
    );
  }

  /** {@inheritDoc RepositoryTree.findLines} */
  async findLines(
    prefixes: readonly string[],
    { limit = DEFAULT_LIMIT }: { limit?: number } = {},
  ): Promise<{ lines: FoundLine[]; complete: boolean }> {
    if (prefixes.length === 0) return { lines: [], complete: true };
    return findLines(this.options, prefixes, limit);
  }
}

function withoutText({ path, size, type }: HostedEntry): TreeFile {
  return {
    ...{ path, size },
    omitted: type === 'file' ? 'too-large' : 'not-a-file',
  };
}

function toFile(entry: HostedEntry, content: Buffer | null): TreeFile {
  const { path, size, type } = entry;
  if (type === 'symlink') {
    const target = content ? decodeName(content) : undefined;
    return { path, size, omitted: 'not-a-file', target };
  }
  if (type !== 'file') return withoutText(entry);
  if (!content || content.subarray(0, BINARY_WINDOW).includes(0)) {
    return { path, size, omitted: 'binary' };
  }
  // Drops a byte order mark, and replaces what is not UTF-8.
  return { path, size, text: new TextDecoder('utf-8').decode(content) };
}

function missing(remote: string, path: string): SourceError {
  return new SourceError(
    'corrupt',
    `The host of ${remote} lists the file ${path} and does not give it.`,
    'Refresh; if it stays so, run git fsck on a clone of the repository.',
  );
}
