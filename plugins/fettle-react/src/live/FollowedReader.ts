import type { Changes } from 'backstage-plugin-fettle-common';
import type { LiveEnvironment } from './LiveEnvironment';
import type { Loaded, LiveReader } from './LiveReader';
import { refusal } from './pace';
import { SerialTask } from './SerialTask';

export interface FollowedReaderOptions {
  reader: LiveReader;
  environment: LiveEnvironment;
  /** The newest revision that a load started now is sure to include. */
  newest(): number;
  /** The reader loaded, or failed to; `answered` is false when nobody answered. */
  onSettled(followed: FollowedReader, answered: boolean): void;
  /** What the reader shows changed, or how live it is. */
  onChange(): void;
}

/** A reader, the revision it holds, and its one request at a time. */
export class FollowedReader {
  readonly task: SerialTask<Loaded>;
  readonly #options: FollowedReaderOptions;
  #revision?: number;
  #error?: Error;
  #loadedAt = -Infinity;
  #includes = 0;
  #changed = false;

  constructor(options: FollowedReaderOptions) {
    this.#options = options;
    const { reader, environment } = options;
    this.task = new SerialTask<Loaded>(environment, {
      run: (signal, cause) => reader.load(signal, cause),
      gapMs: reader.gapMs,
      isPaused: () => environment.isHidden() && this.#revision !== undefined,
      onStart: () => {
        this.#includes = options.newest();
      },
      onDone: ({ revision, partial }) => {
        this.#revision = partial
          ? Math.min(revision, this.#revision ?? 0)
          : Math.max(revision, this.#includes);
        this.#loadedAt = environment.now();
        this.#settle(undefined);
      },
      onFailed: error => {
        // A refusal is the newest there is to know of what was shown.
        if (this.#revision !== undefined && refusal(error)) {
          this.#revision = Math.max(this.#revision, this.#includes);
        }
        this.#settle(error);
      },
    });
  }

  /** Everything up to here is in what the reader shows; absent before the first load. */
  get revision(): number | undefined {
    return this.#revision;
  }

  /** Why the last load failed, until one succeeds. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Whether the last load failed without a decision of the backend. */
  get isOffline(): boolean {
    return this.#error !== undefined && !refusal(this.#error);
  }

  get isFollowing(): boolean {
    const { reader } = this.#options;
    return this.#revision !== undefined && (reader.isFollowing?.() ?? true);
  }

  get isUnsettled(): boolean {
    return this.isFollowing && (this.#options.reader.isUnsettled?.() ?? false);
  }

  get loadsOnHint(): boolean {
    return this.#options.reader.loadsOnHint;
  }

  isBehind(known: number): boolean {
    return this.isFollowing && this.#revision! < known;
  }

  apply(changes: Changes): void {
    const held = this.#revision;
    if (!this.isFollowing || held === undefined) return;
    if (changes.revision <= held) return;
    if (changes.reset) {
      this.task.want('anew');
      return;
    }
    const items = changes.items.filter(item => item.revision > held);
    const applied = this.#options.reader.apply({ ...changes, items });
    if (applied.held) this.#revision = changes.revision;
    if (applied.load) this.task.want('changed');
    this.#changed ||= items.length > 0;
  }

  /** Loads what changes without a revision, if it is time. */
  freshen(): void {
    if (this.task.running || this.task.failing) return;
    const { reader, environment } = this.#options;
    const age = environment.now() - this.#loadedAt;
    const old = reader.maxAgeMs !== undefined && age >= reader.maxAgeMs;
    if (this.isUnsettled || (this.isFollowing && old)) this.task.want('now');
  }

  /** Forgets the revision, keeps what is shown until it is loaded anew. */
  startAnew(): void {
    this.#revision = undefined;
    this.task.want('anew');
  }

  notify(liveChanged: boolean): void {
    const changed = this.#changed || liveChanged;
    this.#changed = false;
    if (changed) this.#options.onChange();
  }

  #settle(error: Error | undefined): void {
    this.#error = error;
    this.#changed = true;
    this.#options.onSettled(this, error === undefined || refusal(error));
  }
}
