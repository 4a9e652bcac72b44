/**
 * One file of a tree. Folders are not listed.
 *
 * @public
 */
export interface TreeEntry {
  /**
   * Path from the root of the tree, `/` between parts. A name that is not
   * UTF-8 has its odd bytes written as `\xNN`; such an entry can be listed and
   * read like any other.
   */
  path: string;
  /** A symlink is reported, never followed. A submodule has no content here. */
  type: 'file' | 'symlink' | 'submodule';
  executable: boolean;
  /** Bytes; 0 for submodules. */
  size: number;
}

/**
 * The content of one file.
 *
 * @public
 */
export interface TreeFile {
  path: string;
  size: number;
  /**
   * The text, decoded as UTF-8 (a byte order mark is dropped, bad sequences
   * become U+FFFD); undefined where `omitted` says why.
   */
  text?: string;
  /** Why there is no text. */
  omitted?: 'binary' | 'too-large' | 'not-a-file';
  /**
   * For a symlink, where it leads, as written in the tree; undefined where the
   * source cannot tell. It may lead anywhere: resolve it within the tree only.
   */
  target?: string;
}

/**
 * A line that was found in a tree.
 *
 * @public
 */
export interface FoundLine {
  path: string;
  /** First line is 1. */
  line: number;
  /** At most 200 characters of it. */
  text: string;
}

/**
 * The files of a repository at one commit, read without a checkout. Nothing in
 * it is executed, and no path in it leads outside.
 *
 * Every method throws a {@link SourceError} where the answer cannot be had; an
 * empty list always means that there is nothing.
 *
 * @public
 */
export interface RepositoryTree {
  readonly commit: string;

  /**
   * All files, sorted by path. Throws `too-large` over the source's limit of
   * entries (500,000 unless a source says otherwise).
   */
  list(): Promise<TreeEntry[]>;

  /**
   * The contents of the given files; a path that is not in the tree is absent
   * from the answer. Files over `maxBytes` (default 1 MiB) are `too-large`.
   */
  read(
    paths: readonly string[],
    options?: { maxBytes?: number },
  ): Promise<Map<string, TreeFile>>;

  /**
   * Lines of text files that start with one of `prefixes`, in order of path
   * and line. Binary files are skipped. `complete` is false where `limit` (default
   * 1,000) cut the answer.
   */
  findLines(
    prefixes: readonly string[],
    options?: { limit?: number },
  ): Promise<{ lines: FoundLine[]; complete: boolean }>;
}
