import type {
  Changes,
  Run,
  RunPage,
  RunQuery,
} from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { Loaded, LiveReader } from '../LiveReader';
import type { Cause } from '../SerialTask';
import type { RunListQuery } from './RunListQuery';
import { compareRuns, matchesFilter } from './runOrder';

/** What a list of runs shows. */
export interface RunList {
  /** Newest first. */
  rows: Run[];
  hasMore: boolean;
  /** Newer runs that are not shown, because the list is being read. */
  fresh: Run[];
  /** Ids of the rows that arrived while the list was shown. */
  arrived: ReadonlySet<string>;
}

const PAGE = 50;
const MOST = 200;
/** So many arrivals make a list that nobody asked to be this long. */
const ROOM = 200;

/**
 * The runs of a repository, newest first. What changes is written into the
 * rows where they stand. New runs go on top while the list is followed, and
 * wait while it is held.
 */
export class RunListReader implements LiveReader {
  readonly loadsOnHint = true;
  readonly gapMs = 0;
  readonly #api: Pick<FettleApi, 'listRuns'>;
  readonly #repositoryId: string;
  readonly #query: RunListQuery;
  #wanted = PAGE;
  #cursor: string | null = null;
  /** Every change up to here is in the rows or waits. */
  #revision = 0;
  #held = false;
  value?: RunList;

  constructor(
    api: Pick<FettleApi, 'listRuns'>,
    repositoryId: string,
    query: RunListQuery,
  ) {
    this.#api = api;
    this.#repositoryId = repositoryId;
    this.#query = query;
  }

  /** Makes the next load bring one more page; false when there is none, or it is on its way. */
  extend(): boolean {
    const { rows, hasMore } = this.value ?? { rows: [], hasMore: false };
    if (!hasMore || this.#wanted > rows.length) return false;
    this.#wanted = rows.length + PAGE;
    return true;
  }

  /** Whether new runs wait above; true when the value changed by it. */
  hold(held: boolean): boolean {
    this.#held = held;
    return !held && this.showFresh();
  }

  /** Puts the runs that wait on top; true when there were any. */
  showFresh(): boolean {
    if (!this.value || this.value.fresh.length === 0) return false;
    const { rows, fresh } = this.value;
    this.#show([...fresh, ...rows], fresh);
    return true;
  }

  async load(signal: AbortSignal, cause: Cause): Promise<Loaded> {
    if (!this.value || cause === 'anew') return this.#loadAnew(signal);
    if (this.value.hasMore && this.#wanted > this.value.rows.length) {
      await this.#loadMore(signal);
      // What was shown before is as old as it was.
      return { revision: Infinity, partial: true };
    }
    await this.#loadChanges(signal);
    const { rows } = this.value;
    if (!this.#held && rows.length > this.#wanted + ROOM) {
      return this.#loadAnew(signal);
    }
    return { revision: this.#revision };
  }

  apply({ changed }: Changes) {
    return { held: !changed, load: changed };
  }

  async #loadAnew(signal: AbortSignal): Promise<Loaded> {
    const { rows, cursor, revision } = await this.#newest(signal);
    this.#revision = revision;
    this.#cursor = cursor;
    this.value = {
      rows,
      hasMore: cursor !== null,
      fresh: [],
      arrived: new Set(),
    };
    return { revision };
  }

  async #newest(signal: AbortSignal) {
    const rows = new Map<string, Run>();
    let cursor: string | null = null;
    let revision = Infinity;
    do {
      const limit = Math.min(this.#wanted - rows.size, MOST);
      const page: RunPage = await this.#list(
        { ...this.#query, limit, cursor: cursor ?? undefined },
        signal,
      );
      page.items.forEach(run => rows.set(run.id, run));
      revision = Math.min(revision, page.revision);
      cursor = page.items.length > 0 ? page.nextCursor : null;
    } while (cursor && rows.size < this.#wanted);
    return { rows: [...rows.values()], cursor, revision };
  }

  async #loadMore(signal: AbortSignal): Promise<void> {
    const page = await this.#list(
      { ...this.#query, limit: PAGE, cursor: this.#cursor ?? undefined },
      signal,
    );
    const before = this.value!;
    const known = new Set(before.rows.map(({ id }) => id));
    const added = page.items.filter(({ id }) => !known.has(id));
    this.#cursor = page.nextCursor;
    const rows = [...before.rows, ...added];
    this.#wanted = rows.length;
    this.value = { ...before, rows, hasMore: page.nextCursor !== null };
  }

  async #loadChanges(signal: AbortSignal): Promise<void> {
    // Without the filters: a row that is shown may have left them.
    const { subpath } = this.#query;
    const since = this.#revision;
    const page = await this.#list({ subpath, since }, signal);
    if (!page.reset) {
      this.#merge(page.items);
      this.#revision = page.revision;
      return;
    }
    const { rows, revision } = await this.#newest(signal);
    this.#merge(rows);
    this.#revision = revision;
  }

  /** Writes changes into what is shown and what waits, and takes in what is new. */
  #merge(items: readonly Run[]): void {
    const { rows, fresh, hasMore } = this.value!;
    const news = new Map(items.map(run => [run.id, run]));
    const renew = (run: Run) => {
      const other = news.get(run.id);
      news.delete(run.id);
      return other && other.revision >= run.revision ? other : run;
    };
    const renewed = rows.map(renew);
    const waiting = fresh.map(renew);
    const last = rows[rows.length - 1];
    const added = [...news.values()]
      .filter(run => matchesFilter(run, this.#query))
      // What is older than the last row comes with the next page.
      .filter(run => !hasMore || !last || compareRuns(run, last) < 0);
    const above = [...added, ...waiting].sort(compareRuns);
    if (this.#held) {
      this.value = { ...this.value!, rows: renewed, fresh: above };
    } else {
      this.#show([...above, ...renewed], above);
    }
  }

  #show(rows: Run[], arrived: readonly Run[]): void {
    this.value = {
      ...this.value!,
      rows: rows.sort(compareRuns),
      fresh: [],
      arrived:
        arrived.length > 0
          ? new Set(arrived.map(({ id }) => id))
          : this.value!.arrived,
    };
  }

  #list(query: Partial<RunQuery>, signal: AbortSignal): Promise<RunPage> {
    return this.#api.listRuns(this.#repositoryId, query, { signal });
  }
}
