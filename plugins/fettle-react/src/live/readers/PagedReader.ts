import type { Changes } from 'backstage-plugin-fettle-common';
import type { LiveReader, Loaded } from '../LiveReader';
import type { Cause } from '../SerialTask';

/** One page of a list that is read by cursor. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  revision: number;
}

/**
 * The first pages of a list as one, read anew whenever anything in its scope
 * changes; one more page is read by itself.
 */
export class PagedReader<P extends Page<unknown>> implements LiveReader {
  readonly loadsOnHint = true;
  /** For what moves without a revision, such as the newest versions that registries tell. */
  readonly maxAgeMs = 60_000;
  readonly #read: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<P>;
  readonly #keyOf: (item: P['items'][number]) => string;
  /** Pages that are to be shown. */
  #wanted = 1;
  /** Pages that are shown. */
  #pages = 0;
  /** The last page that was read, with the items of all before it. */
  value?: P;

  /**
   * @param read - asks the backend for a page
   * @param keyOf - what tells items apart: one may move to the next page between two requests
   * @param gapMs - least time between two loads because of changes
   */
  constructor(
    read: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
    keyOf: (item: P['items'][number]) => string,
    readonly gapMs: number,
  ) {
    this.#read = read;
    this.#keyOf = keyOf;
  }

  /** Makes the next load bring one more page; false when there is none, or it is on its way. */
  extend(): boolean {
    if (!this.value?.nextCursor || this.#wanted > this.#pages) return false;
    this.#wanted = this.#pages + 1;
    return true;
  }

  async load(signal: AbortSignal, cause: Cause): Promise<Loaded> {
    const { value } = this;
    if (value?.nextCursor && cause === 'now' && this.#wanted > this.#pages) {
      const page = await this.#read(value.nextCursor, signal);
      this.#pages += 1;
      this.value = this.#join(value, page);
      return { revision: page.revision, partial: true };
    }
    let pages = 1;
    let all = await this.#read(undefined, signal);
    let { revision } = all;
    while (all.nextCursor && pages < this.#wanted) {
      all = this.#join(all, await this.#read(all.nextCursor, signal));
      revision = Math.min(revision, all.revision);
      pages += 1;
    }
    this.#pages = pages;
    if (!all.nextCursor) this.#wanted = pages;
    this.value = all;
    return { revision };
  }

  apply({ changed }: Changes) {
    return { held: !changed, load: changed };
  }

  #join(before: P, page: P): P {
    const shown = new Set(before.items.map(this.#keyOf));
    const added = page.items.filter(item => !shown.has(this.#keyOf(item)));
    return { ...page, items: [...before.items, ...added] };
  }
}
