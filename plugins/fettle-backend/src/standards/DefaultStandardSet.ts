import { sha256 } from '../remediate/plan/sha256';
import type { StandardFiles } from './files/StandardFiles';
import type { LoadedStandard, StandardProblem } from './LoadedStandard';
import type { StandardSet } from './StandardSet';

/** Standards of config and of repositories. An id belongs to who has it first: config, then folders in their order. */
export class DefaultStandardSet implements StandardSet {
  readonly #listeners = new Set<() => void>();
  #all: LoadedStandard[] = [];
  #taken: StandardProblem[] = [];
  #digest = '';

  constructor(
    private readonly options: {
      configured: readonly LoadedStandard[];
      files: readonly StandardFiles[];
    },
  ) {
    this.#merge();
  }

  all(): readonly LoadedStandard[] {
    return this.#all;
  }

  problems(): readonly StandardProblem[] {
    return [
      ...this.options.files.flatMap(files => files.problems()),
      ...this.#taken,
    ];
  }

  digest(): string {
    return this.wasRead() ? this.#digest : `${this.#digest} unread`;
  }

  wasRead(): boolean {
    return this.options.files.every(files => files.wasRead());
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the folders whose repositories moved. */
  async refresh(): Promise<void> {
    const changed = await Promise.all(
      this.options.files.map(files => files.refresh()),
    );
    if (!changed.includes(true)) return;
    this.#merge();
    for (const listener of this.#listeners) listener();
  }

  #merge(): void {
    const byId = new Map(
      this.options.configured.map(one => [one.view.id, one]),
    );
    this.#taken = [];
    for (const one of this.options.files.flatMap(files => files.standards())) {
      const { id, origin } = one.view;
      if (!byId.has(id)) byId.set(id, one);
      else {
        this.#taken.push({
          ...{ repository: origin.repository ?? '', path: origin.path ?? '' },
          line: null,
          reason: {
            code: 'id-taken',
            message: `The id '${id}' belongs to another standard.`,
            action: 'Rename the folder of this one, or take the other out.',
          },
        });
      }
    }
    this.#all = [...byId.values()].sort((a, b) =>
      a.view.id < b.view.id ? -1 : 1,
    );
    this.#digest = sha256(
      this.#all.map(({ view, digest }) => `${view.id} ${digest}`).join('\n'),
    );
  }
}
