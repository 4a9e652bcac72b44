import type {
  FileEdit,
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from 'backstage-plugin-fettle-node';

const MOST_BYTES = 1024 * 1024;
const MOST_LINES = 1000;
const LINE_LENGTH = 200;

/** A tree as it would be after edits. */
export class OverlayTree implements RepositoryTree {
  readonly #edits = new Map<string, FileEdit>();

  constructor(private readonly tree: RepositoryTree) {}

  get commit(): string {
    return this.tree.commit;
  }

  /** In the order in which they were made last. */
  get edits(): FileEdit[] {
    return [...this.#edits.values()];
  }

  edit(edits: readonly FileEdit[]): void {
    for (const edit of edits) this.#edits.set(edit.path, edit);
  }

  async list(): Promise<TreeEntry[]> {
    const before = await this.tree.list();
    if (this.#edits.size === 0) return before;
    const entries = new Map(before.map(entry => [entry.path, entry]));
    for (const { path, content, executable } of this.#edits.values()) {
      const old = entries.get(path);
      if (content === null) entries.delete(path);
      else {
        entries.set(path, {
          ...{ path, type: 'file', size: Buffer.byteLength(content) },
          executable: old?.executable ?? executable ?? false,
        });
      }
    }
    return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async read(
    paths: readonly string[],
    options: { maxBytes?: number } = {},
  ): Promise<Map<string, TreeFile>> {
    const { maxBytes = MOST_BYTES } = options;
    const old = paths.filter(path => !this.#edits.has(path));
    const files = new Map(old.length ? await this.tree.read(old, options) : []);
    for (const path of paths) {
      const content = this.#edits.get(path)?.content;
      if (content === undefined || content === null) continue;
      const size = Buffer.byteLength(content);
      files.set(
        path,
        size > maxBytes
          ? { path, size, omitted: 'too-large' }
          : { path, size, text: content },
      );
    }
    return files;
  }

  async findLines(
    prefixes: readonly string[],
    options: { limit?: number } = {},
  ): Promise<{ lines: FoundLine[]; complete: boolean }> {
    const found = await this.tree.findLines(prefixes, options);
    if (this.#edits.size === 0) return found;
    const { limit = MOST_LINES } = options;
    const lines = found.lines.filter(({ path }) => !this.#edits.has(path));
    for (const { path, content } of this.#edits.values()) {
      for (const [index, text] of (content ?? '').split('\n').entries()) {
        if (!prefixes.some(prefix => text.startsWith(prefix))) continue;
        lines.push({ path, line: index + 1, text: text.slice(0, LINE_LENGTH) });
      }
    }
    lines.sort((a, b) => {
      if (a.path === b.path) return a.line - b.line;
      return a.path < b.path ? -1 : 1;
    });
    return {
      lines: lines.slice(0, limit),
      complete: found.complete && lines.length <= limit,
    };
  }
}
