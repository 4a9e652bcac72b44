import type {
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from '../contracts/RepositoryTree';

/**
 * The content of one file of a {@link MemoryTree}: text, bytes, or what else
 * a tree can hold.
 *
 * @public
 */
export type MemoryFile =
  | string
  | Buffer
  | { text: string; executable: true }
  | { symlink: string }
  | { submodule: true };

/**
 * A tree made from a map of paths to contents.
 *
 * @public
 */
export class MemoryTree implements RepositoryTree {
  readonly commit: string;
  readonly #files: Map<string, MemoryFile>;

  constructor(
    files: Readonly<Record<string, MemoryFile>>,
    options: { commit?: string } = {},
  ) {
    this.commit = options.commit ?? '0'.repeat(40);
    this.#files = new Map(
      Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  async list(): Promise<TreeEntry[]> {
    return [...this.#files].map(([path, file]) => ({
      path,
      type: typeOf(file),
      executable: isObject(file) && 'executable' in file,
      size: bytesOf(file).length,
    }));
  }

  async read(
    paths: readonly string[],
    options: { maxBytes?: number } = {},
  ): Promise<Map<string, TreeFile>> {
    const { maxBytes = 1024 * 1024 } = options;
    const found = new Map<string, TreeFile>();
    for (const path of paths) {
      const file = this.#files.get(path);
      if (file !== undefined) found.set(path, readFile(path, file, maxBytes));
    }
    return found;
  }

  async findLines(
    prefixes: readonly string[],
    options: { limit?: number } = {},
  ): Promise<{ lines: FoundLine[]; complete: boolean }> {
    const { limit = 1000 } = options;
    const lines: FoundLine[] = [];
    for (const [path, file] of this.#files) {
      if (typeOf(file) !== 'file') continue;
      const { text } = readFile(path, file, Infinity);
      for (const [index, line] of (text ?? '').split('\n').entries()) {
        if (!prefixes.some(prefix => line.startsWith(prefix))) continue;
        if (lines.length === limit) return { lines, complete: false };
        lines.push({ path, line: index + 1, text: line.slice(0, 200) });
      }
    }
    return { lines, complete: true };
  }
}

function isObject(
  file: MemoryFile,
): file is Exclude<MemoryFile, string | Buffer> {
  return typeof file !== 'string' && !Buffer.isBuffer(file);
}

function typeOf(file: MemoryFile): TreeEntry['type'] {
  if (isObject(file) && 'symlink' in file) return 'symlink';
  return isObject(file) && 'submodule' in file ? 'submodule' : 'file';
}

function bytesOf(file: MemoryFile): Buffer {
  if (!isObject(file)) return Buffer.from(file);
  if ('symlink' in file) return Buffer.from(file.symlink);
  return Buffer.from('text' in file ? file.text : '');
}

function readFile(path: string, file: MemoryFile, maxBytes: number): TreeFile {
  const bytes = bytesOf(file);
  const base = { path, size: bytes.length };
  if (isObject(file) && 'symlink' in file) {
    return { ...base, omitted: 'not-a-file', target: file.symlink };
  }
  if (typeOf(file) !== 'file') return { ...base, omitted: 'not-a-file' };
  if (bytes.length > maxBytes) return { ...base, omitted: 'too-large' };
  // The same test as Git's: a NUL among the first 8,000 bytes.
  if (bytes.subarray(0, 8000).includes(0)) {
    return { ...base, omitted: 'binary' };
  }
  return { ...base, text: new TextDecoder('utf-8').decode(bytes) };
}
