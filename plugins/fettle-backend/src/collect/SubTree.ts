import type {
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from 'backstage-plugin-fettle-node';

/** Lines asked of the whole tree, of which each folder takes its own. */
const LINES = 10_000;

/** One folder of a tree, as a tree of its own. */
export class SubTree implements RepositoryTree {
  readonly #prefix: string;

  constructor(readonly whole: RepositoryTree, folder: string) {
    this.#prefix = `${folder}/`;
  }

  get commit(): string {
    return this.whole.commit;
  }

  async list(): Promise<TreeEntry[]> {
    return this.#own(await this.whole.list());
  }

  async read(
    paths: readonly string[],
    options?: { maxBytes?: number },
  ): Promise<Map<string, TreeFile>> {
    const files = await this.whole.read(
      paths.map(path => this.#prefix + path),
      options,
    );
    return new Map(this.#own([...files.values()]).map(f => [f.path, f]));
  }

  async findLines(
    prefixes: readonly string[],
    options: { limit?: number } = {},
  ): Promise<{ lines: FoundLine[]; complete: boolean }> {
    const { limit = 1000 } = options;
    const found = await this.whole.findLines(prefixes, { limit: LINES });
    const lines = this.#own(found.lines);
    return {
      lines: lines.slice(0, limit),
      complete: found.complete && lines.length <= limit,
    };
  }

  #own<T extends { path: string }>(items: T[]): T[] {
    return items
      .filter(item => item.path.startsWith(this.#prefix))
      .map(item => ({ ...item, path: item.path.slice(this.#prefix.length) }));
  }
}
