import type { FeedStatus } from 'backstage-plugin-fettle-common';
import type {
  ComponentKey,
  ComponentMatch,
  ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { ECOSYSTEMS } from './match/ecosystems';
import { matchComponents } from './match/matchComponents';
import { readChanges } from './store/changes';
import { baseEcosystem } from './record/packageNames';
import { type FeedRow, readFeedRows } from './store/feedRows';

/** Judges components by the advisories that are in the database. */
export class OsvMatcher implements ComponentMatcher {
  readonly id = 'osv';
  readonly title = 'Vulnerabilities';
  readonly finds = ['vulnerability', 'threat'] as const;
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly knex: Knex,
    /** Those that are configured. The ecosystem is empty for feeds that are not about packages. */
    private readonly configured: readonly {
      id: string;
      title: string;
      ecosystem: string;
    }[],
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
    if (this.configured.length === 0) return [];
    const rows = await readFeedRows(this.knex);
    return this.configured.flatMap(({ id, title }) => {
      const row = rows.get(id);
      return row ? [toStatus(row, title)] : [];
    });
  }

  /** An ecosystem is known once each of its feeds was imported to its end. */
  async ecosystems() {
    const feeds = this.configured.filter(({ ecosystem }) => ecosystem !== '');
    const rows = feeds.length > 0 ? await readFeedRows(this.knex) : new Map();
    const all = new Set(
      feeds.map(({ ecosystem }) => baseEcosystem(ecosystem)).sort(),
    );
    const known = [...all].filter(ecosystem =>
      feeds.every(
        feed =>
          baseEcosystem(feed.ecosystem) !== ecosystem ||
          isImported(rows.get(feed.id)),
      ),
    );
    const missing = [...new Set([...ECOSYSTEMS, ...all])].filter(
      ecosystem => !known.includes(ecosystem),
    );
    return { known, missing };
  }
}

/** A folder without a dump has no whole that could be cut off. */
function isImported(row: FeedRow | undefined): boolean {
  if (!row || row.records === 0) return false;
  return row.importedAt !== null || row.state === 'ok';
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
