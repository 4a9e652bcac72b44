import { NotFoundError } from '@backstage/errors';
import {
  acceptedSchema,
  activitySchema,
  changesSchema,
  entityHealthSchema,
  fleetSchema,
  historySchema,
  repositoryPageSchema,
  type Activity,
  type EntityHealth,
  type Fleet,
  type History,
  type RepositoryHealth,
  type RepositoryQuery,
  type RepositorySummary,
} from 'backstage-plugin-fettle-common';
import type { FettleApi } from 'backstage-plugin-fettle-react';
import { FakeRunsApi } from './FakeRunsApi';
import { NOW } from './fixtures';

/**
 * A backend in memory. What it answers is checked by the shared schemas;
 * `failWith` makes every request fail, `asked` tells what was asked.
 */
export class FakeFettleApi extends FakeRunsApi implements FettleApi {
  repositories: RepositoryHealth[] = [];
  rows: RepositorySummary[] = [];
  entities: Record<string, EntityHealth> = {};
  history: History = { days: [], changes: [] };
  activity: Activity['items'] = [];
  fleet: Partial<Fleet> = {};
  revision = 7;
  failWith?: Error;
  asked = {
    lists: [] as Partial<RepositoryQuery>[],
    refreshes: [] as string[],
  };

  async listRepositories(query: Partial<RepositoryQuery>) {
    this.asked.lists.push(query);
    this.#check();
    const limit = query.limit ?? 100;
    const from = Number(query.cursor ?? 0);
    const items = this.rows.slice(from, from + limit);
    return repositoryPageSchema.parse({
      items,
      total: this.rows.length,
      nextCursor: from + limit < this.rows.length ? String(from + limit) : null,
      revision: this.revision,
    });
  }

  async getRepository(id: string, target: { subpath?: string } = {}) {
    this.#check();
    const found = this.repositories.find(
      one => one.id === id && one.subpath === (target.subpath ?? ''),
    );
    if (!found) throw new NotFoundError(`No repository ${id}`);
    return found;
  }

  async getHistory() {
    this.#check();
    return historySchema.parse(this.history);
  }

  async getActivity() {
    this.#check();
    return activitySchema.parse({
      items: this.activity,
      revision: this.revision,
    });
  }

  async getChanges({ since }: { since: number; repository?: string }) {
    this.#check();
    const items = this.rows.filter(row => row.revision > since);
    return changesSchema.parse({
      revision: this.revision,
      items,
      reset: false,
      changed: items.length > 0,
    });
  }

  async getFleet() {
    this.#check();
    const states = { pending: 0, ready: 0, empty: 0, failing: 0, stale: 0 };
    const levels = { good: 0, fair: 0, poor: 0, unknown: 0 };
    for (const row of this.rows) {
      states[row.state] += 1;
      levels[row.level] += 1;
    }
    return fleetSchema.parse({
      total: this.rows.length,
      median: 81,
      trend: 2,
      states,
      levels,
      owners: [{ value: 'group:default/team-pay', count: this.rows.length }],
      systems: [],
      checks: [],
      problems: [],
      revision: this.revision,
      ...this.fleet,
    });
  }

  async getEntity(entityRef: string) {
    this.#check();
    return entityHealthSchema.parse(
      this.entities[entityRef] ?? {
        entityRef,
        repositoryId: null,
        subpath: '',
        problem: null,
      },
    );
  }

  async getChecks() {
    return { items: [] };
  }

  async refresh(id: string) {
    this.asked.refreshes.push(id);
    this.#check();
    return acceptedSchema.parse({ accepted: true, repositoryId: id });
  }

  #check() {
    if (this.failWith) throw this.failWith;
  }
}

/** A change from 78 to 41 that one verdict made. */
export const LEDGER_FELL: Activity['items'][number] = {
  repositoryId: 'r1',
  name: 'payments/ledger',
  subpath: '',
  at: NOW,
  commit: '3f2c1ab9d0e84c2f8a1b7c6d5e4f3a2b1c0d9e8f',
  from: 78,
  to: 41,
  verdicts: [
    {
      checkId: 'readme',
      title: 'README with substance',
      from: 'pass',
      to: 'fail',
    },
  ],
};
