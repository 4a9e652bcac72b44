import type {
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from 'backstage-plugin-fettle-node';

/** Answers the same question of several collectors once. Lives for one reading. */
export class CachedTree implements RepositoryTree {
  readonly #answers = new Map<string, Promise<any>>();

  constructor(readonly tree: RepositoryTree) {}

  get commit(): string {
    return this.tree.commit;
  }

  list(): Promise<TreeEntry[]> {
    return this.#once('list', () => this.tree.list());
  }

  read(
    paths: readonly string[],
    options?: { maxBytes?: number },
  ): Promise<Map<string, TreeFile>> {
    return this.#once(JSON.stringify(['read', paths, options]), () =>
      this.tree.read(paths, options),
    );
  }

  findLines(
    prefixes: readonly string[],
    options?: { limit?: number },
  ): Promise<{ lines: FoundLine[]; complete: boolean }> {
    return this.#once(JSON.stringify(['find', prefixes, options]), () =>
      this.tree.findLines(prefixes, options),
    );
  }

  #once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key) ?? ask();
    this.#answers.set(key, known);
    return known;
  }
}
