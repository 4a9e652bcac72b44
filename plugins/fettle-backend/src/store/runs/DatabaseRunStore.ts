import type { RunQuery } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { storable } from '../storable';
import { apply } from './apply';
import { doubtAgain, doubtful } from './doubt';
import { getRun, getRunDetails } from './getRun';
import { listRuns } from './listRuns';
import { describe, request, withdraw } from './requests';
import type { RunStore, StoredRun, Told } from './RunStore';

/** Runs in the plugin's database. */
export class DatabaseRunStore implements RunStore {
  constructor(
    private readonly knex: Knex,
    private readonly isProduction: (environment: string) => boolean,
  ) {}

  apply(told: readonly Told[], now: Date) {
    return apply(this.knex, told, { isProduction: this.isProduction, now });
  }

  list(repositoryId: string, query: RunQuery) {
    return listRuns(this.knex, storable(repositoryId), query);
  }

  get(id: string, visibility: Visibility) {
    return getRun(this.knex, storable(id), visibility);
  }

  details(stored: StoredRun, page: { offset: number; limit: number }) {
    return getRunDetails(this.knex, stored, page);
  }

  async hasJob(run: string, jobId: string) {
    const row = await this.knex('run_jobs')
      .where({ run, job_id: storable(jobId) })
      .first('web_url', 'has_log');
    return row && { webUrl: row.web_url, hasLog: row.has_log === 1 };
  }

  async changedSince(since: number, repositoryId?: string) {
    const rows = this.knex('runs').where('revision', '>', since);
    if (repositoryId !== undefined) {
      rows.where({ repository_id: storable(repositoryId) });
    }
    return (await rows.first('id')) !== undefined;
  }

  request(id: string, what: 'rerun' | 'cancel', now: Date) {
    return request(this.knex, id, what, now);
  }

  withdraw(id: string) {
    return withdraw(this.knex, id);
  }

  describe(id: string, commit: Parameters<RunStore['describe']>[1]) {
    return describe(this.knex, id, commit);
  }

  doubtful(now: Date, limit: number) {
    return doubtful(this.knex, now, limit);
  }

  doubtAgain(id: string, at: Date | null, gone?: { reason: string }) {
    return doubtAgain(this.knex, id, at, gone);
  }

  async prune(olderThan: Date) {
    const before = olderThan.toISOString();
    await this.knex('runs').where('sort_at', '<', before).delete();
    await this.knex('deployments').where('created_at', '<', before).delete();
  }
}
