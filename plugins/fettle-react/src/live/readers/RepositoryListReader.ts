import type {
  Changes,
  RepositoryPage,
  RepositoryQuery,
  RepositorySummary,
} from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { Loaded, LiveReader } from '../LiveReader';
import type { Cause } from '../SerialTask';

/**
 * Query of a list. `limit` is the size of a page (100 if absent).
 *
 * @public
 */
export type RepositoryListQuery = Partial<Omit<RepositoryQuery, 'cursor'>>;

/** What a list shows. */
export interface RepositoryList {
  rows: RepositorySummary[];
  total: number;
  hasMore: boolean;
  /** Rows that appeared since the order was read and are not shown. */
  fresh: number;
  /** A row changed since the order was read, and may belong elsewhere. */
  moved: boolean;
}

const PAGE = 100;
const MOST = 500;

/**
 * The rows of a query, in the order in which they were read. Changes are
 * written into the rows where they stand; what would move or add a row waits
 * until the list is loaded anew.
 */
export class RepositoryListReader implements LiveReader {
  readonly loadsOnHint = false;
  readonly gapMs = 5_000;
  readonly #api: Pick<FettleApi, 'listRepositories'>;
  readonly #query: RepositoryListQuery;
  readonly #page: number;
  /** How many rows the reader wants to see. */
  #wanted: number;
  #cursor: string | null = null;
  /** The revision at which the order was read. */
  #orderedAt = 0;
  /** Rows may have appeared, or left the query. */
  #countDue = false;
  value?: RepositoryList;

  constructor(
    api: Pick<FettleApi, 'listRepositories'>,
    query: RepositoryListQuery,
  ) {
    this.#api = api;
    this.#query = query;
    this.#page = query.limit ?? PAGE;
    this.#wanted = this.#page;
  }

  /** Makes the next load bring one more page; false when there is none, or it is on its way. */
  extend(): boolean {
    const { rows, hasMore } = this.value ?? { rows: [], hasMore: false };
    if (!hasMore || this.#wanted > rows.length) return false;
    this.#wanted = rows.length + this.#page;
    return true;
  }

  async load(signal: AbortSignal, cause: Cause): Promise<Loaded> {
    if (!this.value || cause === 'anew') {
      return { revision: await this.#loadAnew(signal) };
    }
    let revision = Infinity;
    const more = this.value.hasMore && this.#wanted > this.value.rows.length;
    if (more) revision = await this.#loadMore(signal);
    if (this.#countDue || !more) await this.#count(signal);
    return { revision, partial: true };
  }

  apply({ items }: Changes) {
    if (!this.value || items.length === 0) return { held: true, load: false };
    const changed = new Map(items.map(item => [item.id, item]));
    let patched = 0;
    const rows = this.value.rows.map(row => {
      const item = changed.get(row.id);
      if (item) patched += 1;
      return item && item.revision > row.revision ? item : row;
    });
    if (patched > 0) this.value = { ...this.value, rows, moved: true };
    // Only the backend can tell whether a row that is not shown belongs here.
    this.#countDue ||= patched < changed.size || this.#isFiltered();
    return { held: true, load: this.#countDue };
  }

  async #loadAnew(signal: AbortSignal): Promise<number> {
    const rows = new Map<string, RepositorySummary>();
    let cursor: string | undefined;
    let page: RepositoryPage;
    let revision = Infinity;
    do {
      const limit = Math.min(this.#wanted - rows.size, MOST);
      page = await this.#list({ limit, cursor }, signal);
      page.items.forEach(item => rows.set(item.id, item));
      revision = Math.min(revision, page.revision);
      cursor = page.nextCursor ?? undefined;
    } while (cursor && rows.size < this.#wanted);
    this.#cursor = page.nextCursor;
    this.#orderedAt = revision;
    this.#countDue = false;
    this.value = {
      rows: [...rows.values()],
      total: page.total,
      hasMore: page.nextCursor !== null,
      fresh: 0,
      moved: false,
    };
    return revision;
  }

  async #loadMore(signal: AbortSignal): Promise<number> {
    const cursor = this.#cursor ?? undefined;
    const page = await this.#list({ limit: this.#page, cursor }, signal);
    const before = this.value!;
    const shown = new Set(before.rows.map(row => row.id));
    const added = page.items.filter(item => !shown.has(item.id));
    this.#cursor = page.nextCursor;
    this.#wanted = before.rows.length + added.length;
    this.value = {
      ...before,
      rows: [...before.rows, ...added],
      total: page.total,
      hasMore: page.nextCursor !== null,
    };
    return page.revision;
  }

  /** Reads the first rows as the backend has them now, to count those that are not shown. */
  async #count(signal: AbortSignal): Promise<void> {
    this.#countDue = false;
    const limit = Math.max(this.#page, this.value!.rows.length);
    const page = await this.#list({ limit: Math.min(limit, MOST) }, signal);
    const before = this.value!;
    const shown = new Set(before.rows.map(row => row.id));
    const fresh = page.items.filter(
      item => !shown.has(item.id) && item.revision > this.#orderedAt,
    );
    this.value = { ...before, total: page.total, fresh: fresh.length };
  }

  #list(
    page: { limit: number; cursor?: string },
    signal: AbortSignal,
  ): Promise<RepositoryPage> {
    return this.#api.listRepositories({ ...this.#query, ...page }, { signal });
  }

  #isFiltered(): boolean {
    const { sort, order, limit, ...filters } = this.#query;
    return Object.values(filters).some(filter => filter !== undefined);
  }
}
