import type {
  FoundLine,
  RepositoryTree,
  TreeEntry,
  TreeFile,
} from 'backstage-plugin-fettle-node';
import { canonicalJson } from './canonicalJson';
import { sha256 } from './sha256';

/** Hashes of the answers to what a plan asked of a tree, by the question. */
export type Inputs = Record<string, string>;

type Question =
  | ['list']
  | ['read', string, number | null]
  | ['find', readonly string[], number | null];

/** Remembers what was read of a tree: as long as that is the same, so is the plan. */
export class RecordingTree implements RepositoryTree {
  readonly #inputs = new Map<string, string>();

  constructor(private readonly tree: RepositoryTree) {}

  get commit(): string {
    return this.tree.commit;
  }

  get inputs(): Inputs {
    return Object.fromEntries([...this.#inputs].sort());
  }

  async list(): Promise<TreeEntry[]> {
    const entries = await this.tree.list();
    this.#note(['list'], digestList(entries));
    return entries;
  }

  async read(
    paths: readonly string[],
    options?: { maxBytes?: number },
  ): Promise<Map<string, TreeFile>> {
    const files = await this.tree.read(paths, options);
    for (const path of paths) {
      this.#note(
        ['read', path, options?.maxBytes ?? null],
        digestFile(files.get(path)),
      );
    }
    return files;
  }

  async findLines(
    prefixes: readonly string[],
    options?: { limit?: number },
  ): Promise<{ lines: FoundLine[]; complete: boolean }> {
    const found = await this.tree.findLines(prefixes, options);
    this.#note(
      ['find', prefixes, options?.limit ?? null],
      sha256(canonicalJson(found)),
    );
    return found;
  }

  #note(question: Question, answer: string): void {
    this.#inputs.set(JSON.stringify(question), answer);
  }
}

/** Whether a tree gives the same answers to the same questions. */
export async function holdsFor(
  inputs: Inputs,
  tree: RepositoryTree,
): Promise<boolean> {
  const recording = new RecordingTree(tree);
  const reads = new Map<number | null, string[]>();
  for (const text of Object.keys(inputs)) {
    const [kind, what, limit] = JSON.parse(text) as Question;
    if (kind === 'list') await recording.list();
    else if (kind === 'find') {
      await recording.findLines(what, limit === null ? {} : { limit });
    } else reads.set(limit!, [...(reads.get(limit!) ?? []), what as string]);
  }
  for (const [maxBytes, paths] of reads) {
    await recording.read(paths, maxBytes === null ? {} : { maxBytes });
  }
  const now = recording.inputs;
  return Object.entries(inputs).every(([key, hash]) => now[key] === hash);
}

/** Sizes are left out: who reads a file has its content among what was read. */
function digestList(entries: readonly TreeEntry[]): string {
  return sha256(
    JSON.stringify(
      entries.map(({ path, type, executable }) => [path, type, executable]),
    ),
  );
}

/** A file without text (binary, too large) is told apart by its size only. */
export function digestFile(file: TreeFile | undefined): string {
  if (!file) return 'absent';
  const { text, omitted, size, target } = file;
  return text === undefined
    ? `${omitted}:${size}:${target ?? ''}`
    : sha256(text);
}
