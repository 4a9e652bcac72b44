import type { FeedStatus } from 'backstage-plugin-fettle-common';
import type {
  ComponentKey,
  ComponentMatch,
  ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { matchComponents } from './match/matchComponents';
import { readChanges } from './store/changes';
import { type FeedRow, readFeedRows } from './store/feedRows';

/** Judges components by the advisories that are in the database. */
export class OsvMatcher implements ComponentMatcher {
  readonly id = 'osv';
  readonly title = 'Vulnerabilities';
  readonly finds = ['vulnerability', 'threat'] as const;
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly knex: Knex,
    /** Titles by the ids of the feeds that are configured. */
    private readonly titles: ReadonlyMap<string, string>,
  ) {}

  async match(
    components: readonly ComponentKey[],
    { signal }: { signal: AbortSignal },
  ): Promise<ComponentMatch[][]> {
    return matchComponents(this.knex, components, signal);
  }

  async changesSince(cursor: string | null) {
    return readChanges(this.knex, cursor);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Tells those who want to know that something is in force that was not. */
  noteChange(): void {
    for (const listener of this.#listeners) listener();
  }

  async feeds(): Promise<FeedStatus[]> {
    if (this.titles.size === 0) return [];
    const rows = await readFeedRows(this.knex);
    return [...this.titles].flatMap(([id, title]) => {
      const row = rows.get(id);
      return row ? [toStatus(row, title)] : [];
    });
  }
}

function toStatus(row: FeedRow, title: string): FeedStatus {
  const { id, state, from, records, bytes, newestAt, checkedAt, broken } = row;
  return {
    ...{ id, title, state, from, records, bytes, newestAt, checkedAt, broken },
    reason: row.reason ?? brokenReason(row),
  };
}

function brokenReason({ id, broken, problems }: FeedRow): FeedStatus['reason'] {
  if (broken === 0) return null;
  const more = broken > problems.length ? '; …' : '';
  return {
    code: 'broken-records',
    message: `${broken} of the records of ${id} could not be read: ${problems.join(
      '; ',
    )}${more}`,
    action: 'Tell those who publish them; the others are in force',
  };
}
