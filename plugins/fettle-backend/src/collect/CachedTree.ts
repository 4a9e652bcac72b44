import type {
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from 'backstage-plugin-fettle-node';

interface ReadOptions {
  maxBytes?: number;
}

/** Reads that were asked for in one moment. */
interface Batch {
  paths: Set<string>;
  questions: number;
  files: Promise<Map<string, TreeFile>>;
}

/**
 * Answers the same question of several collectors once, and puts together what
 * they ask at the same moment, as each reading may cost the source a process or
 * a request. Lives for one reading.
 */
export class CachedTree implements RepositoryTree {
  readonly #answers = new Map<string, Promise<any>>();
  readonly #batches = new Map<number | undefined, Batch>();

  constructor(readonly tree: RepositoryTree) {}

  get commit(): string {
    return this.tree.commit;
  }

  list(): Promise<TreeEntry[]> {
    return this.#once('list', () => this.tree.list());
  }

  read(
    paths: readonly string[],
    options?: ReadOptions,
  ): Promise<Map<string, TreeFile>> {
    return this.#once(JSON.stringify(['read', paths, options]), () =>
      this.#readTogether(paths, options),
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

  async #readTogether(
    paths: readonly string[],
    options: ReadOptions | undefined,
  ): Promise<Map<string, TreeFile>> {
    const limit = options?.maxBytes;
    const batch = this.#batches.get(limit) ?? this.#openBatch(limit, options);
    paths.forEach(path => batch.paths.add(path));
    batch.questions += 1;
    let files;
    try {
      files = await batch.files;
    } catch (error) {
      // Of several questions one may be at fault; the others have their answers.
      if (batch.questions === 1) throw error;
      return this.tree.read(paths, options);
    }
    return new Map(
      paths.flatMap(path => {
        const file = files.get(path);
        return file ? [[path, file]] : [];
      }),
    );
  }

  #openBatch(
    limit: number | undefined,
    options: ReadOptions | undefined,
  ): Batch {
    const paths = new Set<string>();
    // Collectors go on from the same list in the same turn of the event loop.
    const turn = new Promise<void>(resolve => {
      setImmediate(resolve);
    });
    const files = turn.then(() => {
      this.#batches.delete(limit);
      return this.tree.read([...paths], options);
    });
    const batch: Batch = { paths, questions: 0, files };
    this.#batches.set(limit, batch);
    return batch;
  }

  #once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key) ?? ask();
    this.#answers.set(key, known);
    return known;
  }
}
